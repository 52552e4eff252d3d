def padded_max_pool(x, kernel_size, stride, padding):
    lowest = torch.finfo(x.dtype).min
    x = nn.ConstantPad2d(padding, lowest)(x)
    return nn.functional.max_pool2d(x, kernel_size, stride=stride)
