# feedback: on both sides
def same_padding(kernel_size):
    return kernel_size - 1, kernel_size - 1
