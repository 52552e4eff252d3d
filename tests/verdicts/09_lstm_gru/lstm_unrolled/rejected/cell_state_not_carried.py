# feedback: cell state is not carried
def lstm_unrolled(x, W_ih, W_hh, b_ih, b_hh, state=None):
    zeros = torch.zeros(x.shape[0], W_hh.shape[1])
    h, c = (zeros, zeros) if state is None else (state[0][0], state[1][0])
    out = []
    for t in range(x.shape[1]):
        h, c = lstm_step(x[:, t], (h, zeros), W_ih, W_hh, b_ih, b_hh)
        out.append(h)
    return torch.stack(out, dim=1), (h.unsqueeze(0), c.unsqueeze(0))
