# feedback: only the first layer
def stacked_elman(x, layers, h0=None):
    w_ih, w_hh, b_ih, b_hh = layers[0]
    h = x.new_zeros(x.shape[0], len(w_hh)) if h0 is None else h0[0]
    states = []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ w_ih.T + b_ih + h @ w_hh.T + b_hh)
        states.append(h)
    return torch.stack(states, dim=1), h[None]
