def two_layer_gradients(x, y, w1, b1, w2, b2):
    z1 = torch.einsum("bi,hi->bh", x, w1) + b1
    h = z1.clamp(min=0)
    z2 = torch.einsum("bh,oh->bo", h, w2) + b2
    d2 = (1 / (1 + torch.exp(-z2)) - y) / z2.numel()
    d1 = torch.einsum("bo,oh->bh", d2, w2).where(z1 > 0, torch.tensor(0.0))
    return (
        torch.einsum("bh,bi->hi", d1, x),
        torch.einsum("bh->h", d1),
        torch.einsum("bo,bh->oh", d2, h),
        torch.einsum("bo->o", d2),
    )
