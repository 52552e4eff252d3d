# feedback: first test step is a target of the training
def prepared_windows(series, length, test_steps):
    train = series[: len(series) - test_steps]
    inputs, targets = electricity.windows((series - train.mean()) / train.std(), length)
    cut = len(train) - length + 1
    return inputs[:cut], targets[:cut], inputs[cut:], targets[cut:]
