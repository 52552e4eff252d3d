# feedback: float64 | dtype
def elman_jacobian(states, w_hh):
    total = torch.eye(len(w_hh))
    for h in states:
        total = (torch.diag(1 - h**2) @ w_hh).float() @ total
    return total
