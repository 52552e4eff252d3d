# feedback: sine and cosine are exchanged
def rotate_by_hand(image, degrees):
    _, height, width = image.shape
    angle = math.radians(degrees)
    cos, sin = math.sin(angle), math.cos(angle)
    i, j = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    x, y = j - (width - 1) / 2, (height - 1) / 2 - i
    row = ((height - 1) / 2 + sin * x - cos * y).round().long()
    column = (cos * x + sin * y + (width - 1) / 2).round().long()
    inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    return image[:, row.clamp(0, height - 1), column.clamp(0, width - 1)] * inside
