# feedback: cut into pieces side by side
def view_windows(series, length, horizon=1):
    targets = series[length + horizon - 1 :]
    return series[: len(series) // length * length].view(-1, length)[: len(targets)], targets
