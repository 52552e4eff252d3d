# feedback: kernel's size plays no part
def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    return size // stride
