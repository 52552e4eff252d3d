# feedback: channels still stand first
def to_display(images):
    batch = images[None] if images.ndim == 3 else images
    return [image[0] if len(image) == 1 else image for image in batch]
