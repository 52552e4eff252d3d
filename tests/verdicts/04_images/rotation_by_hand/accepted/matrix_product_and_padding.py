def rotate_by_hand(image, degrees):
    channels, height, width = image.shape
    angle = torch.deg2rad(torch.tensor(float(degrees), dtype=torch.float64))
    back = torch.stack([torch.stack([angle.cos(), angle.sin()]), torch.stack([-angle.sin(), angle.cos()])])
    rows, columns = torch.arange(height).repeat_interleave(width), torch.arange(width).repeat(height)
    places = torch.stack([columns - (width - 1) / 2, (height - 1) / 2 - rows]).double()
    x, y = back @ places
    row, column = torch.floor((height - 1) / 2 - y + 0.5).long(), torch.floor(x + (width - 1) / 2 + 0.5).long()
    padded = torch.nn.functional.pad(image, (1, 1, 1, 1))
    row, column = (row + 1).clamp(0, height + 1), (column + 1).clamp(0, width + 1)
    return padded[:, row, column].reshape(channels, height, width)
