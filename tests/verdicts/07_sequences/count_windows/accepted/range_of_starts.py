def count_windows(steps, length, horizon=1, stride=1):
    return len(range(0, steps - length - horizon + 1, stride))
