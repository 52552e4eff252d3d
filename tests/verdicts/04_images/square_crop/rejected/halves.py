# feedback: halved and doubled
def center_square(images):
    height, width = images.shape[-2:]
    half = min(height, width) // 2
    return images[..., height // 2 - half : height // 2 + half, width // 2 - half : width // 2 + half]
