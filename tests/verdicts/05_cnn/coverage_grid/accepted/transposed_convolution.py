def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    window = torch.ones(1, 1, kernel_size, kernel_size)
    places = nn.functional.conv2d(torch.zeros(1, 1, height, width), window, stride=stride, padding=padding)
    counted = nn.functional.conv_transpose2d(torch.ones_like(places), window, stride=stride)[0, 0]
    result = torch.zeros(height + 2 * padding, width + 2 * padding)
    result[: counted.shape[0], : counted.shape[1]] = counted
    return result[padding : padding + height, padding : padding + width].double()
