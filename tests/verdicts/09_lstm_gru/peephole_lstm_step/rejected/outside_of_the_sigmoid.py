# feedback: outside of the sigmoids
def peephole_lstm_step(x, state, W_ih, W_hh, b_ih, b_hh, peepholes):
    h, c = state
    p_i, p_f, p_o = peepholes
    i, f, g, o = (x @ W_ih.T + b_ih + h @ W_hh.T + b_hh).chunk(4, dim=1)
    i, f = torch.sigmoid(i) + p_i * c, torch.sigmoid(f) + p_f * c
    new = f * c + i * torch.tanh(g)
    return (torch.sigmoid(o) + p_o * new) * torch.tanh(new), new
