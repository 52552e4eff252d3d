# feedback: for each place of the window
def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    window = torch.ones(1, 1, kernel_size, kernel_size)
    return nn.functional.conv2d(torch.ones(1, 1, height, width), window, stride=stride, padding=padding)[0, 0]
