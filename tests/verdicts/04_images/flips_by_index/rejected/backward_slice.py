# feedback: cannot be sliced backwards
def flip_left_right(images):
    return images[..., ::-1]

def flip_upside_down(images):
    return images.flip(-2)
