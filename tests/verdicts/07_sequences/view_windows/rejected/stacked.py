# feedback: are a copy
def view_windows(series, length, horizon=1):
    count = len(series) - length - horizon + 1
    return torch.stack([series[i : i + length] for i in range(count)]), series[length + horizon - 1 :]
