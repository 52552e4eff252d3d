# feedback: changed by the call
def flip_left_right(images):
    width = images.shape[-1]
    for j in range(width // 2):
        left = images[..., j].clone()
        images[..., j] = images[..., width - 1 - j]
        images[..., width - 1 - j] = left
    return images

def flip_upside_down(images):
    return images.flip(-2)
