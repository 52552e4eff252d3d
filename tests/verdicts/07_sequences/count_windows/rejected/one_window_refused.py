# feedback: too short
def count_windows(steps, length, horizon=1, stride=1):
    if steps <= length + horizon:
        return 0
    return (steps - length - horizon) // stride + 1
