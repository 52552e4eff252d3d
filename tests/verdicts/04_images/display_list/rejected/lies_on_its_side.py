# feedback: lies on its side
def to_display(images):
    batch = images[None] if images.ndim == 3 else images
    return [image[0] if len(image) == 1 else image.permute(2, 1, 0) for image in batch]
