# feedback: look at the tanh
def peephole_lstm_step(x, state, W_ih, W_hh, b_ih, b_hh, peepholes):
    h, c = state
    p_i, p_f, p_o = peepholes
    i, f, g, o = (x @ W_ih.T + b_ih + h @ W_hh.T + b_hh).chunk(4, dim=1)
    i, f = torch.sigmoid(i + p_i * torch.tanh(c)), torch.sigmoid(f + p_f * torch.tanh(c))
    c = f * c + i * torch.tanh(g)
    return torch.sigmoid(o + p_o * torch.tanh(c)) * torch.tanh(c), c
