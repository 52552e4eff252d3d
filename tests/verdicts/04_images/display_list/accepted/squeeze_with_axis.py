def to_display(images):
    if images.dim() == 3:
        images = images.unsqueeze(0)
    result = []
    for image in images:
        image = image.permute(1, 2, 0)
        if image.shape[-1] == 1:
            image = image.squeeze(-1)
        result.append(image)
    return result
