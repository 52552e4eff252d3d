def shift_error(layer, x, shift):
    width = x.shape[3]
    source = (torch.arange(width, device=x.device) - shift) % width
    gap = layer(x[..., source]) - layer(x)[..., source]
    return torch.linalg.vector_norm(gap, ord=float("inf"), dim=(0, 1, 2))
