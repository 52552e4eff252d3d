# feedback: about its corner
def rotate_by_hand(image, degrees):
    _, height, width = image.shape
    angle = math.radians(degrees)
    i, j = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    row = -((-math.sin(angle) * j - math.cos(angle) * i).round().long())
    column = (math.cos(angle) * j - math.sin(angle) * i).round().long()
    inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    return image[:, row.clamp(0, height - 1), column.clamp(0, width - 1)] * inside
