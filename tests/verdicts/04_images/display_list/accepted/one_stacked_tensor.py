def to_display(images):
    batch = images.reshape(-1, *images.shape[-3:])
    return batch[:, 0] if batch.shape[1] == 1 else batch.movedim(1, -1)
