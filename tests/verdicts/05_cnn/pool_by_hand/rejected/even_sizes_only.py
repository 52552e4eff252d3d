# feedback: as if they filled it
def max_pool(x, kernel_size, stride=None):
    b, c, h, w = x.shape
    k = kernel_size
    return x.reshape(b, c, h // k, k, w // k, k).amax(dim=(3, 5))


def avg_pool(x, kernel_size, stride=None):
    b, c, h, w = x.shape
    k = kernel_size
    return x.reshape(b, c, h // k, k, w // k, k).mean(dim=(3, 5))
