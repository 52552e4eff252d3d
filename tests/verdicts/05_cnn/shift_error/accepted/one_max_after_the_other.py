def shift_error(layer, x, shift):
    error = (layer(x.roll(shift, -1)) - layer(x).roll(shift, -1)).detach().abs()
    while error.ndim > 1:
        error = error.max(dim=0)[0]
    return error
