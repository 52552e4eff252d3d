# feedback: changed by the call
def prepared_windows(series, length, test_steps):
    train = series[: len(series) - test_steps]
    mean, spread = train.mean(), train.std()
    series -= mean
    series /= spread
    inputs, targets = electricity.windows(series, length)
    return inputs[:-test_steps], targets[:-test_steps], inputs[-test_steps:], targets[-test_steps:]
