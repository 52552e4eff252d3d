# feedback: are a copy | contiguous
def view_windows(series, length, horizon=1):
    targets = series[length + horizon - 1 :]
    return series.unfold(0, length, 1)[: len(targets)].contiguous(), targets
