# feedback: raised TypeError
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return out_channels * (in_channels * kernel_size**2 + (1 if bias else 0))
