def flip_left_right(images):
    return images[..., [-j - 1 for j in range(images.shape[-1])]]


def flip_upside_down(images):
    return images.index_select(-2, torch.arange(images.size(-2)).neg() + images.size(-2) - 1)
