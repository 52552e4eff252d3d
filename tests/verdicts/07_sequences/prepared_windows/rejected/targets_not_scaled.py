# feedback: the targets are not scaled
def prepared_windows(series, length, test_steps):
    split = len(series) - test_steps
    scaled = (series - series[:split].mean()) / series[:split].std()
    inputs, targets = scaled.unfold(0, length, 1)[:-1], series[length:]
    return inputs[: split - length], targets[: split - length], inputs[split - length :], targets[split - length :]
