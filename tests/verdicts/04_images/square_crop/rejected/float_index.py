# feedback: `/` gives a float
def center_square(images):
    height, width = images.shape[-2:]
    side = min(height, width)
    top, left = (height - side) / 2, (width - side) / 2
    return images[..., top : top + side, left : left + side]
