def receptive_field(layers):
    if not layers:
        return 1
    (kernel_size, stride), *rest = layers
    return kernel_size + (receptive_field(rest) - 1) * stride
