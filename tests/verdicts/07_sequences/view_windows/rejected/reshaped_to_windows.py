# feedback: RuntimeError
def view_windows(series, length, horizon=1):
    targets = series[length + horizon - 1 :]
    return series.view(-1, length)[: len(targets)], targets
