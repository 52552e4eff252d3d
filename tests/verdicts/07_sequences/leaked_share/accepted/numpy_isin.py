def leaked_share(train_starts, test_starts, length, horizon=1):
    offsets = np.append(np.arange(length), length + horizon - 1)
    held = np.unique(train_starts.numpy()[:, None] + offsets)
    return np.isin(test_starts.numpy() + offsets[-1], held).mean()
