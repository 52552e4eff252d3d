# feedback: taken as square
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size if isinstance(kernel_size, int) else kernel_size[0]
    return out_channels * (in_channels * k * k + (1 if bias else 0))
