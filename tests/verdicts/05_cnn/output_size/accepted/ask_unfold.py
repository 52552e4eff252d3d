def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    length = size + 2 * padding
    if ceil_mode:
        length += stride - 1  # room for a window that is not full
    return torch.empty(length).unfold(0, kernel_size, stride).shape[0]
