def elman_jacobian(states, w_hh):
    hidden = len(w_hh)
    result = torch.zeros_like(w_hh)
    for j in range(hidden):
        v = torch.zeros(hidden, dtype=w_hh.dtype)
        v[j] = 1.0
        for h in states:
            v = (1 - h**2) * (w_hh @ v)
        result[:, j] = v
    return result
