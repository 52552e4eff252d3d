# feedback: a Python list is not a tensor
def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    pixels = torch.zeros(1, 1, height, width, requires_grad=True)
    window = torch.ones(1, 1, kernel_size, kernel_size)
    nn.functional.conv2d(pixels, window, stride=stride, padding=padding).sum().backward()
    return pixels.grad[0, 0].tolist()
