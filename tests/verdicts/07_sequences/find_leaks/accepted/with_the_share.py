def leaked(train, test, length, horizon):
    offsets = np.r_[np.arange(length), length + horizon - 1]
    return np.isin(test + offsets[-1], (train[:, None] + offsets).ravel()).mean()


def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    train, test = train_starts.numpy(), test_starts.numpy()
    now = test.min() + length - 1
    return {
        "target": leaked(train, test, length, horizon) > 0,
        "order": np.max(train) + length - 1 + horizon > now,
        "scaler": scaler_stop > now + 1,
    }
