# feedback: 1 minus the sum
def coupled_lstm_step(x, state, W_ih, W_hh, b_ih, b_hh):
    h, c = state
    f, g, o = (x @ W_ih.T + b_ih + h @ W_hh.T + b_hh).chunk(3, dim=1)
    i = torch.sigmoid(1 - f)
    c = torch.sigmoid(f) * c + i * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
