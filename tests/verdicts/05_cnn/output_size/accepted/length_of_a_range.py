def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    last = size + 2 * padding - kernel_size
    return len(range(0, last + 1, stride)) + bool(ceil_mode and last % stride)
