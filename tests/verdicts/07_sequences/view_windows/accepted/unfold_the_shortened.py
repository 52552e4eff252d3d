def view_windows(series, length, horizon=1):
    last = series.size(0) - horizon
    return series[:last].unfold(-1, length, 1), series.narrow(0, length + horizon - 1, last - length + 1)
