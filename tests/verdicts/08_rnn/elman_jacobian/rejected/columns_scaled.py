# feedback: scale the columns
def elman_jacobian(states, w_hh):
    total = torch.eye(len(w_hh), dtype=w_hh.dtype)
    for h in states:
        total = (1 - h**2) * w_hh @ total
    return total
