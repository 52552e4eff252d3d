# feedback: begin at the start of the memory
def view_windows(series, length, horizon=1):
    count, s = len(series) - length - horizon + 1, series.stride(0)
    return torch.as_strided(series, (count, length), (s, s), 0), series[length + horizon - 1 :]
