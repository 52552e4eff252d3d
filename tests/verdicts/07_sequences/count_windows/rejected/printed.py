# feedback: None
def count_windows(steps, length, horizon=1, stride=1):
    print(len(range(0, steps - length - horizon + 1, stride)))
