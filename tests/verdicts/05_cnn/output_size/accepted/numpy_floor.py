def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    steps = (size + 2 * padding - kernel_size) / stride
    return (np.ceil(steps) if ceil_mode else np.floor(steps)) + 1
