# feedback: have no target
def view_windows(series, length, horizon=1):
    return series.unfold(0, length, 1), series[length + horizon - 1 :]
