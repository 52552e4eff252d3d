# feedback: the quotient is rounded down
def count_windows(steps, length, horizon=1, stride=1):
    return max(0, (steps - length - horizon + 1) // stride)
