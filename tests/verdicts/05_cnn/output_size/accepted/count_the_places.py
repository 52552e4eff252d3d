def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    places, left = 0, -padding
    while left + kernel_size <= size + padding:
        places += 1
        left += stride
    if ceil_mode and left - stride + kernel_size < size + padding:
        places += 1
    return places
