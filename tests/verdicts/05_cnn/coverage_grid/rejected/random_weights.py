# feedback: another quantity is computed
def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    pixels = torch.zeros(1, 1, height, width, requires_grad=True)
    nn.Conv2d(1, 1, kernel_size, stride=stride, padding=padding)(pixels).sum().backward()
    return pixels.grad[0, 0]
