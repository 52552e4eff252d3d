# feedback: wrong shape
def flip_left_right(images):
    return images.transpose(-1, -2)

def flip_upside_down(images):
    return images.flip(-2)
