# feedback: wrong dtype | float64
def view_windows(series, length, horizon=1):
    series = series.float()
    targets = series[length + horizon - 1 :]
    return series.unfold(0, length, 1)[: len(targets)], targets
