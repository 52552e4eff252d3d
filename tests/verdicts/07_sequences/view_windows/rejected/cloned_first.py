# feedback: are a copy
def view_windows(series, length, horizon=1):
    series = series.clone()
    targets = series[length + horizon - 1 :]
    return series.unfold(0, length, 1)[: len(targets)], targets
