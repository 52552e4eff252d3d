def to_display(images):
    array = images.numpy().reshape(-1, *images.shape[-3:])
    moved = np.moveaxis(array, 1, -1)
    return tuple(one[..., 0] if one.shape[-1] == 1 else one for one in moved)
