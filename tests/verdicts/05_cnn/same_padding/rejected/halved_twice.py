# feedback: one is lost
def same_padding(kernel_size):
    return (kernel_size - 1) // 2, (kernel_size - 1) // 2
