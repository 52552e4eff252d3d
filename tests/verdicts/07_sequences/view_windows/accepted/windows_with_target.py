def view_windows(series, length, horizon=1):
    whole = series.unfold(0, length + horizon, 1)
    return whole[:, :length], whole[..., -1]
