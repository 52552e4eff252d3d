def max_pool(x, kernel_size, stride=None):
    return nn.functional.max_pool2d(x, kernel_size, stride)


def avg_pool(x, kernel_size, stride=None):
    return nn.functional.avg_pool2d(x, kernel_size, stride)
