# feedback: the first step is left out
def unrolled_elman(x, h0, w_ih, w_hh, b_ih, b_hh):
    out = torch.zeros(x.shape[0], x.shape[1], h0.shape[1])
    h = h0
    for t in range(1, x.shape[1]):
        h = elman_step(x[:, t], h, w_ih, w_hh, b_ih, b_hh)
        out[:, t] = h
    return out, h
