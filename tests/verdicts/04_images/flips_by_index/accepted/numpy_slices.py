def flip_left_right(images):
    return torch.from_numpy(images.numpy()[..., ::-1].copy())


def flip_upside_down(images):
    return flip_left_right(images.transpose(-1, -2)).transpose(-1, -2)
