# feedback: search starts at 0
def max_pool(x, kernel_size, stride=None):
    stride = stride or kernel_size
    high, wide = (x.shape[2] - kernel_size) // stride + 1, (x.shape[3] - kernel_size) // stride + 1
    best = torch.zeros(x.shape[0], x.shape[1], high, wide)
    for m in range(kernel_size):
        for n in range(kernel_size):
            part = x[:, :, m : m + (high - 1) * stride + 1 : stride, n : n + (wide - 1) * stride + 1 : stride]
            best = torch.where(part > best, part, best)
    return best


def avg_pool(x, kernel_size, stride=None):
    return nn.functional.avg_pool2d(x, kernel_size, stride)
