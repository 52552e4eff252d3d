def center_square(images):
    *_, h, w = images.shape
    s = min(h, w)
    top, left = -(-(h - s) // 2), -(-(w - s) // 2)
    return images[..., top:top + s, left:left + s].clone()
