def lstm_step(x, state, W_ih, W_hh, b_ih, b_hh):
    together = torch.cat((x, state[0]), dim=-1)
    weights = torch.cat((W_ih, W_hh), dim=1)
    z = torch.einsum("bd,ghd->gbh", together, weights.view(4, -1, weights.shape[1])) + (b_ih + b_hh).view(4, 1, -1)
    s = 1 / (1 + torch.exp(-z))
    c = s[1] * state[1] + s[0] * (2 / (1 + torch.exp(-2 * z[2])) - 1)
    return s[3] * torch.tanh(c), c
