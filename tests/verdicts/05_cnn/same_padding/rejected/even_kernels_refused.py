# feedback: your own `raise`
def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("no padding keeps the size")
    return kernel_size // 2, kernel_size // 2
