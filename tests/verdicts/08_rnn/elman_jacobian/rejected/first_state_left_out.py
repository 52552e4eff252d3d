# feedback: first step is left out
def elman_jacobian(states, w_hh):
    total = torch.eye(len(w_hh), dtype=w_hh.dtype)
    for h in states[1:] if len(states) > 1 else states:
        total = torch.diag(1 - h**2) @ w_hh @ total
    return total
