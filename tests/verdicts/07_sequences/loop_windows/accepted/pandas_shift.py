def loop_windows(series, length):
    column = pd.Series(series.numpy().copy())
    shifted = pd.DataFrame({k: column.shift(-k) for k in range(length + 1)})
    block = torch.tensor(shifted.iloc[: len(column) - length].to_numpy(dtype=np.float32))
    return block[:, :length], block[:, length]
