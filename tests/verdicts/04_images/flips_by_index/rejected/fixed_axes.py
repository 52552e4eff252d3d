# feedback: channels are turned around
def flip_left_right(images):
    return images.flip(-1)


def flip_upside_down(images):
    return images.flip(-3)
