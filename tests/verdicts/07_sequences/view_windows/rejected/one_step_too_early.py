# feedback: the last value of the window itself
def view_windows(series, length, horizon=1):
    count = len(series) - length - horizon + 1
    return series.unfold(0, length, 1)[:count], series[length + horizon - 2 :][:count]
