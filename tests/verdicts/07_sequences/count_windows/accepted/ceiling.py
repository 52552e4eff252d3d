import math


def count_windows(steps, length, horizon=1, stride=1):
    return torch.tensor(max(0, math.ceil((steps - length - horizon + 1) / stride)))
