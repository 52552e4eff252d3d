from collections import deque


def loop_windows(series, length):
    """All windows (windows, length) of a series, and the value that follows each (windows,)."""
    recent, inputs, targets = deque(maxlen=length), [], []
    for value in series.tolist():
        if len(recent) == length:
            inputs.append(list(recent))
            targets.append(value)
        recent.append(value)
    return torch.tensor(inputs, dtype=torch.float32), torch.tensor(targets, dtype=torch.float32)
