def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    free_rows, free_columns = (side + 2 * padding - kernel_size for side in (height, width))
    if free_rows < 0 or free_columns < 0:
        return torch.zeros(height, width)
    places = (free_rows // stride + 1) * (free_columns // stride + 1)
    ones = torch.ones(1, kernel_size**2, places)
    return nn.functional.fold(ones, (height, width), kernel_size, stride=stride, padding=padding)[0, 0]
