# feedback: `targets` of | are a copy
def view_windows(series, length, horizon=1):
    targets = torch.tensor(series[length + horizon - 1 :].tolist(), dtype=series.dtype)
    return series.unfold(0, length, 1)[: len(targets)], targets
