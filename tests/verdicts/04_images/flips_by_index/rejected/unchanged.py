# feedback: comes back as it was
def flip_left_right(images):
    return images[..., torch.arange(images.shape[-1])]

def flip_upside_down(images):
    return images.flip(-2)
