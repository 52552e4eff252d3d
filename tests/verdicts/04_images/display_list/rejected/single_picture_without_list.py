# feedback: without a list around it
def to_display(images):
    if images.ndim == 3:
        return images[0] if len(images) == 1 else images.permute(1, 2, 0)
    return [image[0] if len(image) == 1 else image.permute(1, 2, 0) for image in images]
