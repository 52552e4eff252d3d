# feedback: are a copy | column of a table
def view_windows(series, length, horizon=1):
    series = series.contiguous()
    targets = series[length + horizon - 1 :]
    return series.unfold(0, length, 1)[: len(targets)], targets
