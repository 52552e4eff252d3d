# feedback: without a batch axis
def to_display(images):
    return [image[0] if image.shape[0] == 1 else image.permute(1, 2, 0) for image in images.reshape(len(images), -1, *images.shape[-2:])]
