# feedback: `reshape` (or `view`) | scrambled
def to_display(images):
    batch = images[None] if images.ndim == 3 else images
    height, width = images.shape[-2:]
    return [image[0] if len(image) == 1 else image.reshape(height, width, 3) for image in batch]
