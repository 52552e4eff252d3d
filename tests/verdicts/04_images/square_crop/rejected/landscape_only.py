# feedback: nothing is cut off | wrong shape
def center_square(images):
    height, width = images.shape[-2:]
    left = max(0, (width - height) // 2)
    return images[..., left : left + height]
