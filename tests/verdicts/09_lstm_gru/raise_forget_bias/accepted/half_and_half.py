def raise_forget_bias(lstm, value):
    for parameter in lstm.parameters():
        if parameter.ndim == 1:
            n = parameter.numel() // 4
            parameter.data[n : 2 * n] = value / 2
    return lstm
