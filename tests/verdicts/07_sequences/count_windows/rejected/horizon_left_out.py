# feedback: the horizon is left out
def count_windows(steps, length, horizon=1, stride=1):
    return max(0, (steps - length - 1) // stride + 1)
