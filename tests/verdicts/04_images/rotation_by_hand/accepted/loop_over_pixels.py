def rotate_by_hand(image, degrees):
    channels, height, width = image.shape
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    result = torch.zeros(channels, height, width)
    for i in range(height):
        for j in range(width):
            x, y = j - (width - 1) / 2, (height - 1) / 2 - i
            row = round((height - 1) / 2 - (-s * x + c * y))
            column = round(c * x + s * y + (width - 1) / 2)
            if 0 <= row <= height - 1 and 0 <= column <= width - 1:
                result[:, i, j] = image[:, row, column]
    return result
