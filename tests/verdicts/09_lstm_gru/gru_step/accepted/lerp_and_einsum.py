def gru_step(x, h, W_ih, W_hh, b_ih, b_hh):
    a = torch.einsum("bd,kd->bk", x, W_ih).add(b_ih).unflatten(1, (3, -1))
    u = torch.einsum("bd,kd->bk", h, W_hh).add(b_hh).unflatten(1, (3, -1))
    r, z = (a[:, :2] + u[:, :2]).sigmoid().unbind(1)
    return torch.lerp(torch.tanh(a[:, 2] + r * u[:, 2]), h, z)
