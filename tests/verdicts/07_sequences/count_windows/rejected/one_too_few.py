# feedback: start 0 is a window too
def count_windows(steps, length, horizon=1, stride=1):
    return max(0, (steps - length - horizon) // stride)
