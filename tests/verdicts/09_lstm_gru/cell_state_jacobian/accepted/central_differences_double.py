def cell_state_jacobian(x, o, c, W_ih, W_hh, b_ih, b_hh):
    x, o, c, W_ih, W_hh, b_ih, b_hh = (t.detach().double() for t in (x, o, c, W_ih, W_hh, b_ih, b_hh))

    def new_cell(c):
        i, f, g, _ = (W_ih @ x + b_ih + W_hh @ (o * torch.tanh(c)) + b_hh).chunk(4)
        return torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)

    eps, columns = 1e-5, []
    for k in range(len(c)):
        step = torch.zeros_like(c)
        step[k] = eps
        columns.append((new_cell(c + step) - new_cell(c - step)) / (2 * eps))
    return torch.stack(columns, dim=1).float()
