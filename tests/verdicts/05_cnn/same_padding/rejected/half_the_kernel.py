# feedback: right for odd kernels | a zero too many
def same_padding(kernel_size):
    return kernel_size // 2, kernel_size // 2
