def loop_windows(series, length):
    starts = torch.arange(len(series) - length)
    return series[starts[:, None] + torch.arange(length)], series[length:].clone()
