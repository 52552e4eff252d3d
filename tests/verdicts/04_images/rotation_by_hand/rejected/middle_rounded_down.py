# feedback: half a pixel off
def rotate_by_hand(image, degrees):
    _, height, width = image.shape
    angle = math.radians(degrees)
    i, j = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    x, y = j - width // 2, height // 2 - i
    source_x = math.cos(angle) * x + math.sin(angle) * y
    source_y = -math.sin(angle) * x + math.cos(angle) * y
    row = (height // 2 - source_y).round().long()
    column = (source_x + width // 2).round().long()
    inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    return image[:, row.clamp(0, height - 1), column.clamp(0, width - 1)] * inside
