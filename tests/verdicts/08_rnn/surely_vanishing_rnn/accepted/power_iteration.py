def surely_vanishing_rnn(w_hh):
    a = w_hh.double()
    v = torch.ones(len(a), dtype=torch.float64) + torch.arange(len(a)) / 7
    for _ in range(5000):
        u = a.T @ (a @ v)
        n = u.norm()
        if n == 0:
            break
        v = u / n
    return (a @ v).norm().item() / max(v.norm().item(), 1e-30) < 1
