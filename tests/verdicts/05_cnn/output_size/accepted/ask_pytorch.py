def output_size(size, kernel_size, stride=1, padding=0, ceil_mode=False):
    row = torch.zeros(1, 1, size + 2 * padding)
    return nn.MaxPool1d(kernel_size, stride, ceil_mode=ceil_mode)(row).shape[-1]
