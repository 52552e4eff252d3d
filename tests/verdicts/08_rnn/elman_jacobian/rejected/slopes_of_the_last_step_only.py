# feedback: slopes of the last step only
def elman_jacobian(states, w_hh):
    return torch.diag(1 - states[-1] ** 2) @ torch.linalg.matrix_power(w_hh, len(states))
