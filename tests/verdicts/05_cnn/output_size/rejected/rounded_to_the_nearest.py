# feedback: rounded to the nearest
def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    steps = (size + 2 * padding - kernel_size) / stride
    return int(steps + 0.5) + 1 if not ceil_mode else int(-(-steps // 1)) + 1
