def view_windows(series, length, horizon=1):
    array = series.numpy()
    shape = (array.shape[0] - length - horizon + 1, length)
    rows = np.lib.stride_tricks.as_strided(array, shape, array.strides * 2)
    return torch.from_numpy(rows), torch.from_numpy(array[length + horizon - 1 :])
