# feedback: whole tensor
def stacked_elman(x, layers, h0=None):
    if not h0:
        h0 = x.new_zeros(len(layers), x.shape[0], layers[0][1].shape[0])
    lasts = []
    for h, weights in zip(h0, layers):
        x, last = unrolled_elman(x, h, *weights)
        lasts.append(last)
    return x, torch.stack(lasts)
