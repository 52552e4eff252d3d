# feedback: ValueError
def count_windows(steps, length, horizon=1, stride=1):
    if steps < length + horizon:
        raise ValueError("the series is too short")
    return (steps - length - horizon) // stride + 1
