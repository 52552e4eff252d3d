# feedback: axis too many | axis of the layers
def lstm_unrolled(x, W_ih, W_hh, b_ih, b_hh, state=None):
    B, T, D = x.shape
    H = W_hh.shape[1]
    if state is None:
        state = torch.zeros(1, B, H), torch.zeros(1, B, H)
    out = []
    for t in range(T):
        i, f, g, o = (x[:, t] @ W_ih.T + b_ih + state[0] @ W_hh.T + b_hh).chunk(4, dim=2)
        c = torch.sigmoid(f) * state[1] + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        state = h, c
        out.append(h)
    return torch.stack(out, dim=1), state
