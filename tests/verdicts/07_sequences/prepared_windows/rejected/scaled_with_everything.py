# feedback: those of the whole series
def prepared_windows(series, length, test_steps):
    scaled = (series - series.mean()) / series.std()
    inputs, targets = scaled.unfold(0, length, 1)[:-1], scaled[length:]
    cut = len(targets) - test_steps
    return inputs[:cut], targets[:cut], inputs[cut:], targets[cut:]
