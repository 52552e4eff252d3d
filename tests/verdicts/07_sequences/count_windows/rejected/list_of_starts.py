# feedback: several values where one number belongs
def count_windows(steps, length, horizon=1, stride=1):
    return list(range(0, steps - length - horizon + 1, stride))
