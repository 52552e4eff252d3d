import math


def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    rounding = math.ceil if ceil_mode else math.floor
    return rounding((size + 2 * padding - kernel_size) / stride + 1)
