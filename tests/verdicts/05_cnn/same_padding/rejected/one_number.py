# feedback: only one of the values is returned
def same_padding(kernel_size):
    return (kernel_size - 1) // 2
