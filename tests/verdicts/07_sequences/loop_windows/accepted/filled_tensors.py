def loop_windows(series, length):
    count = series.numel() - length
    inputs, targets = torch.empty(count, length), torch.zeros(count)
    for i in range(count):
        inputs[i] = series[i : i + length]
        targets[i] = series[i + length].item()
    return inputs, targets
