def gru_jacobian(x, h, W_ih, W_hh, b_ih, b_hh):
    H = len(h)
    D = torch.diag
    a, u = W_ih @ x + b_ih, W_hh @ h + b_hh
    r, z = torch.sigmoid(a[: 2 * H] + u[: 2 * H]).split(H)
    n = torch.tanh(a[2 * H :] + r * u[2 * H :])
    by_r = D(u[2 * H :] * r * (1 - r)) @ W_hh[:H]
    return D(z) - D((n - h) * z * (1 - z)) @ W_hh[H : 2 * H] + D((1 - z) * (1 - n * n)) @ (D(r) @ W_hh[2 * H :] + by_r)
