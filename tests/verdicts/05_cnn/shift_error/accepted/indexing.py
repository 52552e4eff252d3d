def shift_error(layer, x, shift):
    order = (torch.arange(x.shape[3]) - shift) % x.shape[3]
    difference = layer(x[..., order]) - layer(x)[..., order]
    return difference.abs().flatten(0, 2).max(dim=0).values
