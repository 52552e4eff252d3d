# feedback: the first layer's `w_hh`
def stacked_elman(x, layers, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(layers), x.shape[0], layers[0][1].shape[0])
    lasts = []
    w_hh = layers[0][1]
    for h, (w_ih, _, b_ih, b_hh) in zip(h0, layers):
        x, last = unrolled_elman(x, h, w_ih, w_hh, b_ih, b_hh)
        lasts.append(last)
    return x, torch.stack(lasts)
