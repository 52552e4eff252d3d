# feedback: look at a new cell state
def peephole_lstm_step(x, state, W_ih, W_hh, b_ih, b_hh, peepholes):
    h, c = state
    p_i, p_f, p_o = peepholes
    i, f, g, o = (x @ W_ih.T + b_ih + h @ W_hh.T + b_hh).chunk(4, dim=1)
    new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    i, f, o = torch.sigmoid(i + p_i * new), torch.sigmoid(f + p_f * new), torch.sigmoid(o + p_o * new)
    c = f * c + i * torch.tanh(g)
    return o * torch.tanh(c), c
