# feedback: do not make up for
def same_padding(kernel_size):
    return 1, 1
