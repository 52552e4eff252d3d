def normalize(images, mean, std):
    return ((images.movedim(-3, -1) - mean) / std).movedim(-1, -3)


def denormalize(images, mean, std):
    return (images.movedim(-3, -1) * std + mean).movedim(-1, -3)
