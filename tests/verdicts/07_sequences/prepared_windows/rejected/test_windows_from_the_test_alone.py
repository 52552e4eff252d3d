# feedback: cut from the test steps alone
def prepared_windows(series, length, test_steps):
    split = len(series) - test_steps
    train, test = series[:split], series[split:]
    mean, spread = train.mean(), train.std()
    parts = [electricity.windows((part - mean) / spread, length) for part in (train, test)]
    return *parts[0], *parts[1]
