def view_windows(series, length, horizon=1):
    # unfold with pieces as long as there are windows: piece j holds entry j of every window
    count = len(series) - length - horizon + 1
    inputs = series.narrow(0, 0, count + length - 1).unfold(0, count, 1).transpose(0, 1)
    targets = series.narrow(0, length + horizon - 1, count)
    return inputs, targets
