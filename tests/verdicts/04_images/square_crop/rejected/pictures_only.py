# feedback: fixed in the code
def center_square(images):
    channels, height, width = images.shape
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return images[:, top : top + side, left : left + side]
