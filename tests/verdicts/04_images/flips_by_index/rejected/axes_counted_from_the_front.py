# feedback: other axis
def flip_left_right(images):
    return images.flip(2)


def flip_upside_down(images):
    return images.flip(1)
