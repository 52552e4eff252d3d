def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    try:
        rows, columns = kernel_size
    except TypeError:
        rows = columns = kernel_size
    count = torch.tensor([in_channels, rows, columns]).prod()
    if bias:
        count = count + 1
    return count * out_channels
