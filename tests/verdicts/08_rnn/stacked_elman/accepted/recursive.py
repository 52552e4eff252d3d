def stacked_elman(x, layers, h0=None):
    w_hh = layers[0][1]
    h = w_hh.new_zeros(len(x), len(w_hh)) if h0 is None else h0[0]
    outputs, last = unrolled_elman(x, h, *layers[0])
    if len(layers) == 1:
        return outputs, last[None]
    top, rest = stacked_elman(outputs, layers[1:], None if h0 is None else h0[1:])
    return top, torch.cat([last[None], rest])
