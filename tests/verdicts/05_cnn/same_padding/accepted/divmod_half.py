def same_padding(kernel_size):
    half, odd = divmod(kernel_size - 1, 2)
    return [half, half + odd]
