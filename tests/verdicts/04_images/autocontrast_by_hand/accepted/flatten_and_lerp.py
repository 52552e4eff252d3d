def autocontrast(image):
    flat = image.flatten(1)
    low, high = flat.aminmax(dim=1, keepdim=True)
    stretched = (flat - low) / (high - low)
    return torch.where((high == low).expand_as(flat), flat, stretched).view_as(image)
