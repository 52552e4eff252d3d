# feedback: one step too late
def view_windows(series, length, horizon=1):
    targets = series[length + horizon :]
    return series.unfold(0, length, 1)[: len(targets)], targets
