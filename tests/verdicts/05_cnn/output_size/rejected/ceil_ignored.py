# feedback: dropped although `ceil_mode` is True
def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    return (size + 2 * padding - kernel_size) // stride + 1
