def loop_windows(series, length):
    view = np.lib.stride_tricks.sliding_window_view(series.numpy(), length + 1).copy()
    whole = torch.from_numpy(view)
    return whole[:, :-1], whole[:, -1]
