# feedback: last value of its own window | whole series
def prepared_windows(series, length, test_steps):
    scaled = (series - series.mean()) / series.std()
    inputs = scaled.unfold(0, length, 1)[:-1]
    targets = inputs[:, -1]
    cut = len(inputs) - test_steps
    return inputs[:cut], targets[:cut], inputs[cut:], targets[cut:]
