# feedback: added up
def elman_jacobian(states, w_hh):
    return sum(torch.diag(1 - h**2) @ w_hh for h in states)
