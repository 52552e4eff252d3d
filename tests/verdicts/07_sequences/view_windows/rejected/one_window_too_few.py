# feedback: the last window is missing
def view_windows(series, length, horizon=1):
    inputs = series.unfold(0, length, 1)[: -horizon - 1]
    return inputs, series[length + horizon - 1 : -1]
