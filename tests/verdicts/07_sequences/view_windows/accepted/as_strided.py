def view_windows(series, length, horizon=1):
    count = len(series) - length - horizon + 1
    step = series.stride(0)
    return series.as_strided((count, length), (step, step)), series[length + horizon - 1 :]
