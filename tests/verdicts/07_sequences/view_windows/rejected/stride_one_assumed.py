# feedback: neighbors in memory
def view_windows(series, length, horizon=1):
    count = len(series) - length - horizon + 1
    return torch.as_strided(series, (count, length), (1, 1)), series[length + horizon - 1 :]
