# feedback: a NumPy array is not a tensor
def view_windows(series, length, horizon=1):
    targets = series.numpy()[length + horizon - 1 :]
    return np.lib.stride_tricks.sliding_window_view(series.numpy(), length)[: len(targets)], targets
