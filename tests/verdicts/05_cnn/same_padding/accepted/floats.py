def same_padding(kernel_size):
    if kernel_size % 2 == 1:
        return (kernel_size - 1) / 2, (kernel_size - 1) / 2
    return kernel_size / 2 - 1, kernel_size / 2
