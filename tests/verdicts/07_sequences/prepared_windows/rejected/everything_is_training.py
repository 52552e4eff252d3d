# feedback: among the training windows
def prepared_windows(series, length, test_steps):
    train = series[: len(series) - test_steps]
    inputs, targets = electricity.windows((series - train.mean()) / train.std(), length)
    return inputs, targets, inputs[-test_steps:], targets[-test_steps:]
