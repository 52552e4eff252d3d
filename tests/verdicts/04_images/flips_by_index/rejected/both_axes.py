# feedback: turned by 180 degrees
def flip_left_right(images):
    return torch.rot90(images, 2, (-2, -1))

def flip_upside_down(images):
    return images.flip(-2)
