# feedback: another image of the batch
def to_display(images):
    batch = images[None] if images.ndim == 3 else images
    return [batch[0][0] if len(image) == 1 else batch[0].permute(1, 2, 0) for image in batch]
