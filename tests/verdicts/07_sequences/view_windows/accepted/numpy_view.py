def view_windows(series, length, horizon=1):
    view = np.lib.stride_tricks.sliding_window_view(series.numpy(), length, writeable=True)
    targets = series[length - 1 + horizon :]
    return [torch.from_numpy(view)[: targets.shape[0]], targets]
