# feedback: cut at the end
def center_square(images):
    side = min(images.shape[-2:])
    return images[..., -side:, -side:]
