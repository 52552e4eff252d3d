# feedback: `squeeze()` without an argument
def to_display(images):
    batch = images[None] if images.ndim == 3 else images
    return [image.permute(1, 2, 0).squeeze() for image in batch]
