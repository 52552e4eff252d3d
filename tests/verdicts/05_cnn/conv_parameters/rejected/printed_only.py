# feedback: `return` is missing
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    rows, columns = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    print(out_channels * (in_channels * rows * columns + bool(bias)))
