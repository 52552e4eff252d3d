# feedback: single channel keeps an axis
def to_display(images):
    batch = images[None] if images.ndim == 3 else images
    return [image.permute(1, 2, 0) for image in batch]
