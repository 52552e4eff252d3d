# feedback: stands before the row
def same_padding(kernel_size):
    total = kernel_size - 1
    return total - total // 2, total // 2
