# feedback: raised IndexError | outside of the picture
def rotate_by_hand(image, degrees):
    _, height, width = image.shape
    angle = math.radians(degrees)
    i, j = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    x, y = j - (width - 1) / 2, (height - 1) / 2 - i
    row = ((height - 1) / 2 + math.sin(angle) * x - math.cos(angle) * y).round().long()
    column = (math.cos(angle) * x + math.sin(angle) * y + (width - 1) / 2).round().long()
    return image[:, row, column]
