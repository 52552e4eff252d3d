# feedback: steps are counted instead of places
def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    room = size + 2 * padding - kernel_size
    return -(-room // stride) if ceil_mode else room // stride
