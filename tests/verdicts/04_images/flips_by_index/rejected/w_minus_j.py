# feedback: raised IndexError | outside of the data
def flip_left_right(images):
    width = images.shape[-1]
    return images[..., [width - j for j in range(width)]]

def flip_upside_down(images):
    return images.flip(-2)
