# feedback: only the last step
def elman_jacobian(states, w_hh):
    return torch.diag(1 - states[-1]**2) @ w_hh
