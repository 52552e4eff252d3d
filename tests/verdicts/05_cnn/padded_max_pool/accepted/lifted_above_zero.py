def padded_max_pool(x, kernel_size, stride, padding):
    lowest = x.min()
    return broken_max_pool(x - lowest, kernel_size, stride, padding) + lowest
