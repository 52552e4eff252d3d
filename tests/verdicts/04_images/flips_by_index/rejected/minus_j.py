# feedback: indexes are one too large
def flip_left_right(images):
    return images[..., -torch.arange(images.shape[-1])]

def flip_upside_down(images):
    return images.flip(-2)
