# feedback: starts from `h0[0]`
def stacked_elman(x, layers, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(layers), x.shape[0], len(layers[0][1]))
    last = []
    for (w_ih, w_hh, b_ih, b_hh), h in zip(layers, [h0[0]] * len(layers)):
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(x[:, t] @ w_ih.T + b_ih + h @ w_hh.T + b_hh)
            states.append(h)
        x = torch.stack(states, dim=1)
        last.append(h)
    return x, torch.stack(last)
