def lstm_unrolled(x, W_ih, W_hh, b_ih, b_hh, state=None):
    B, H = len(x), W_hh.shape[1]
    h, c = (torch.zeros(B, H), torch.zeros(B, H)) if state is None else (s.squeeze(0) for s in state)
    out = torch.empty(B, x.shape[1], H)
    for t, now in enumerate(x.unbind(1)):
        z = now @ W_ih.mT + h @ W_hh.mT + (b_ih + b_hh)
        i, f, o = (torch.sigmoid(z[:, k * H : (k + 1) * H]) for k in (0, 1, 3))
        c = f * c + i * z[:, 2 * H : 3 * H].tanh()
        h = o * c.tanh()
        out[:, t] = h
    return [out, [h[None], c[None]]]
