def stacked_elman(x, layers, h0=None):
    (batch, time, _), hidden, n = x.shape, layers[0][1].shape[1], len(layers)
    last = x.new_zeros((n, batch, hidden)) if h0 is None else h0.detach().clone()
    signal = x
    for k, (w_ih, w_hh, b_ih, b_hh) in enumerate(layers):
        out = x.new_empty((batch, time, hidden))
        for t in range(time):
            torch.tanh(signal[:, t] @ w_ih.mT + b_ih + last[k] @ w_hh.mT + b_hh, out=out[:, t])
            last[k] = out[:, t]
        signal = out
    return signal, last
