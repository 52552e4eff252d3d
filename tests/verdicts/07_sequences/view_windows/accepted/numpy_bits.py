def view_windows(series, length, horizon=1):
    # numpy does not know every floating dtype of torch (bfloat16), but it can look at the bits as integers
    integers = {1: torch.int8, 2: torch.int16, 4: torch.int32, 8: torch.int64}
    bits = series.detach().view(integers[series.element_size()]).numpy()
    windows = np.lib.stride_tricks.sliding_window_view(bits, length, writeable=True)
    inputs = torch.from_numpy(windows[: len(bits) - length - horizon + 1])
    targets = torch.from_numpy(bits[length + horizon - 1 :])
    return inputs.view(series.dtype), targets.view(series.dtype)
