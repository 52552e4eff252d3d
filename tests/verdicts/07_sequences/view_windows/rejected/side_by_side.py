# feedback: cause | wrong
def view_windows(series, length, horizon=1):
    return series.unfold(0, length, length), series[length + horizon - 1 :: length]
