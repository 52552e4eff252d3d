# feedback: several values where one number belongs
def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    n = (size + 2 * padding - kernel_size) // stride + 1
    return n, n
