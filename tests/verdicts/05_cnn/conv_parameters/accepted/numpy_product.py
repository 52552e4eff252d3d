def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    window = np.prod(np.broadcast_to(kernel_size, 2))
    return in_channels * out_channels * window + (out_channels if bias else 0)
