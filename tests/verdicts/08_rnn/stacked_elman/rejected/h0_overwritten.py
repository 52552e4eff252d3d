# feedback: h0 | changed by the call
def stacked_elman(x, layers, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(layers), x.shape[0], layers[0][1].shape[0])
    for k, weights in enumerate(layers):
        x, h0[k] = unrolled_elman(x, h0[k], *weights)
    return x, h0
