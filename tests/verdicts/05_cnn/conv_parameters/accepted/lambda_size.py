pair_of = lambda size: tuple(size) if hasattr(size, "__len__") else (size, size)
conv_parameters = lambda in_channels, out_channels, kernel_size, bias=True: (
    torch.Size((out_channels, in_channels, *pair_of(kernel_size))).numel() + out_channels * bool(bias)
)
