# feedback: zeros around the image that nobody asked for
def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    x = torch.ones(1, 1, height, width)
    window = torch.ones(1, 1, kernel_size, kernel_size)
    return nn.functional.conv2d(x, window, padding=kernel_size // 2)[0, 0]
