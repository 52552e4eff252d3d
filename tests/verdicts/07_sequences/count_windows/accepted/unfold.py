def count_windows(steps, length, horizon=1, stride=1):
    span = length + horizon  # from the first input to the target
    if steps < span:
        return 0
    return torch.arange(steps).unfold(0, span, stride).shape[0]
