# feedback: statistics of the test period
def prepared_windows(series, length, test_steps):
    split = len(series) - test_steps
    train, test = series[:split], series[split:]
    a = electricity.windows((train - train.mean()) / train.std(), length)
    b = electricity.windows((series[split - length :] - test.mean()) / test.std(), length)
    return *a, *b
