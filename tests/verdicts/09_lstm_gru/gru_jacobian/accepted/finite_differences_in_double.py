def gru_jacobian(x, h, W_ih, W_hh, b_ih, b_hh):
    x, h, W_ih, W_hh, b_ih, b_hh = (t.double() for t in (x, h, W_ih, W_hh, b_ih, b_hh))
    step = 1e-6
    columns = []
    for k in range(len(h)):
        move = torch.zeros_like(h)
        move[k] = step
        up = gru_step(x[None], (h + move)[None], W_ih, W_hh, b_ih, b_hh)[0]
        down = gru_step(x[None], (h - move)[None], W_ih, W_hh, b_ih, b_hh)[0]
        columns.append((up - down) / (2 * step))
    return torch.stack(columns, 1).float()
