# feedback: entry by entry
def elman_jacobian(states, w_hh):
    total = torch.ones_like(w_hh)
    for h in states:
        total = total * (torch.diag(1 - h**2) @ w_hh)
    return total
