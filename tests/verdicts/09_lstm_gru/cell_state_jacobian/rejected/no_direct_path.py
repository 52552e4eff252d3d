# feedback: direct path is missing
def cell_state_jacobian(x, o, c, W_ih, W_hh, b_ih, b_hh):
    h = o * torch.tanh(c)
    i, f, g, _ = (W_ih @ x + b_ih + W_hh @ h + b_hh).chunk(4)
    i, f, g = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g)
    W_hi, W_hf, W_hg, _ = W_hh.chunk(4)
    by_h = torch.diag(g * i * (1 - i)) @ W_hi + torch.diag(c * f * (1 - f)) @ W_hf + torch.diag(i * (1 - g**2)) @ W_hg
    slope = o * (1 - torch.tanh(c) ** 2)
    return by_h @ torch.diag(slope)
