from functools import partial


def pool(kind, x, kernel_size, stride=None):
    return kind(kernel_size, stride=stride)(x)


max_pool, avg_pool = partial(pool, nn.MaxPool2d), partial(pool, nn.AvgPool2d)
