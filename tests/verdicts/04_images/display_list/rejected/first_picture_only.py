# feedback: only the first image
def to_display(images):
    image = images[0] if images.ndim == 4 else images
    return [image[0] if len(image) == 1 else image.permute(1, 2, 0)]
