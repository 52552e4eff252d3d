# feedback: only the first two layers
def stacked_elman(x, layers, h0=None):
    if h0 is None:
        h0 = x.new_zeros(2, x.shape[0], layers[0][1].shape[0])
    first, last1 = unrolled_elman(x, h0[0], *layers[0])
    second, last2 = unrolled_elman(first, h0[1], *layers[1])
    return second, torch.stack([last1, last2])
