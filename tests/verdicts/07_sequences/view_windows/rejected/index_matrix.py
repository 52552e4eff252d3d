# feedback: are a copy | an index made of a list or tensor
def view_windows(series, length, horizon=1):
    starts = torch.arange(len(series) - length - horizon + 1)
    return series[starts[:, None] + torch.arange(length)], series[length + horizon - 1 :]
