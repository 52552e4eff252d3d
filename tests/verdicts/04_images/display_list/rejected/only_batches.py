# feedback: no batch axis
def to_display(images):
    return [image[0] if len(image) == 1 else image.permute(1, 2, 0) for image in images]
