count_windows = lambda steps, length, horizon=1, stride=1: max((steps - length - horizon + stride) // stride, 0)
