# feedback: missing 2 required positional arguments
def output_size(size, kernel_size, stride, padding, ceil_mode=False):
    return (size + 2 * padding - kernel_size) // stride + 1
