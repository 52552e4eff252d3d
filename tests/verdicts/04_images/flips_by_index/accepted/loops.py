def flip_left_right(images):
    result = torch.empty_like(images)
    width = images.shape[-1]
    for j in range(width):
        result[..., j] = images[..., width - 1 - j]
    return result


def flip_upside_down(images):
    return torch.stack([images[..., i, :] for i in reversed(range(images.shape[-2]))], dim=-2)
