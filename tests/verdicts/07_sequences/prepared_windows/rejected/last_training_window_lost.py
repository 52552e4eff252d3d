# feedback: the last training window is missing
def prepared_windows(series, length, test_steps):
    train = series[: len(series) - test_steps]
    inputs, targets = electricity.windows((series - train.mean()) / train.std(), length)
    cut = len(train) - length
    return inputs[: cut - 1], targets[: cut - 1], inputs[cut:], targets[cut:]
