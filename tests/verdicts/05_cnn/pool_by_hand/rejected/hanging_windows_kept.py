# feedback: the window hangs over
def max_pool(x, kernel_size, stride=None):
    return nn.functional.max_pool2d(x, kernel_size, stride, ceil_mode=True)


def avg_pool(x, kernel_size, stride=None):
    return nn.functional.avg_pool2d(x, kernel_size, stride)
