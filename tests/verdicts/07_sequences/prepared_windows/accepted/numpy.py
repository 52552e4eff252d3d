def prepared_windows(series, length, test_steps):
    x = series.numpy()
    split = x.size - test_steps
    x = (x - x[:split].mean()) / x[:split].std()
    both = np.lib.stride_tricks.sliding_window_view(x, length + 1)
    train, test = np.split(both.astype(np.float32), [split - length])
    return tuple(torch.from_numpy(part.copy()) for part in (train[:, :-1], train[:, -1], test[:, :-1], test[:, -1]))
