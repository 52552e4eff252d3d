# feedback: `return` is missing
def same_padding(kernel_size):
    if kernel_size == 3:
        return 1, 1
    if kernel_size == 5:
        return 2, 2
