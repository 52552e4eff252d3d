def elman_jacobian(states, w_hh):
    rows = torch.eye(len(w_hh)).to(w_hh)
    for h in reversed(states.unbind()):
        rows = (rows * (1 - h**2)) @ w_hh
    return rows
