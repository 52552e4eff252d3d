def shift_error(layer, x, shift):
    d = layer(torch.cat([x[..., -shift:], x[..., :-shift]], dim=3))
    y = layer(x)
    d = d - torch.cat([y[..., -shift:], y[..., :-shift]], dim=3)
    return torch.maximum(d.amax((0, 1, 2)), (-d).amax((0, 1, 2)))
