def normalize(images, mean, std):
    planes = images.unbind(dim=-3)
    return torch.stack([(p - m) / s for p, m, s in zip(planes, mean.tolist(), std.tolist())], dim=-3)


def denormalize(images, mean, std):
    result = images.clone()
    for c in range(len(mean)):
        result[..., c, :, :] *= std[c]
        result[..., c, :, :] += mean[c]
    return result
