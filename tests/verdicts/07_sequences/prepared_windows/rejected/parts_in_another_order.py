# feedback: returned in another order
def prepared_windows(series, length, test_steps):
    train = series[: len(series) - test_steps]
    inputs, targets = electricity.windows((series - train.mean()) / train.std(), length)
    return inputs[:-test_steps], inputs[-test_steps:], targets[:-test_steps], targets[-test_steps:]
