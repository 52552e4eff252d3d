# feedback: half a window
def count_windows(steps, length, horizon=1, stride=1):
    return max(0, (steps - length - horizon) / stride + 1)
