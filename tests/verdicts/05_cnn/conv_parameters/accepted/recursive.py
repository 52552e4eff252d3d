def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    if bias:
        return out_channels + conv_parameters(in_channels, out_channels, kernel_size, bias=False)
    if isinstance(kernel_size, int):
        return conv_parameters(in_channels, out_channels, (kernel_size, kernel_size), bias=False)
    return in_channels * out_channels * kernel_size[0] * kernel_size[1]
