def center_square(images):
    side = min(images.shape[-2:])
    for axis in (-2, -1):
        images = images.narrow(axis, (images.shape[axis] - side) // 2, side)
    return images
