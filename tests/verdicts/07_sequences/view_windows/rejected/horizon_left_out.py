# feedback: the horizon is left out
def view_windows(series, length, horizon=1):
    return series.unfold(0, length, 1)[:-1], series[length:]
