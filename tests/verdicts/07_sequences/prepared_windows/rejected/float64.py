# feedback: float64
def prepared_windows(series, length, test_steps):
    x = series.numpy().astype(float)
    split = len(x) - test_steps
    x = torch.from_numpy((x - x[:split].mean()) / x[:split].std())
    inputs, targets = electricity.windows(x, length)
    return inputs[:-test_steps], targets[:-test_steps], inputs[-test_steps:], targets[-test_steps:]
