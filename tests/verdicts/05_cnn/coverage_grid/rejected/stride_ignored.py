# feedback: stride is not used
def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    pixels = torch.zeros(1, 1, height, width, requires_grad=True)
    nn.functional.conv2d(pixels, torch.ones(1, 1, kernel_size, kernel_size), padding=padding).sum().backward()
    return pixels.grad[0, 0]
