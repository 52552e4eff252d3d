# feedback: a height and a width
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    if not isinstance(kernel_size, int):
        kernel_size = kernel_size[0]
    return out_channels * in_channels * kernel_size + (out_channels if bias else 0)
