# feedback: indexes are one too large
def flip_left_right(images):
    width = images.shape[-1]
    return images[..., [(width - j) % width for j in range(width)]]

def flip_upside_down(images):
    return images.flip(-2)
