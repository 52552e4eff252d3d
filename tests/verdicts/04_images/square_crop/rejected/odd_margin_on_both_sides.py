# feedback: odd remainder
def center_square(images):
    height, width = images.shape[-2:]
    if height > width:
        margin = (height - width) // 2
        return images[..., margin : height - margin, :]
    margin = (width - height) // 2
    return images[..., margin : width - margin]
