def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    window = torch.ones(1, 1, kernel_size, kernel_size)
    single = torch.eye(height * width).reshape(height * width, 1, height, width)
    read = nn.functional.conv2d(single, window, stride=stride, padding=padding)
    return read.sum(dim=(1, 2, 3)).reshape(height, width).round().int()
