# feedback: one step too late
def prepared_windows(series, length, test_steps):
    train = series[: len(series) - test_steps]
    scaled = (series - train.mean()) / train.std()
    inputs, targets = scaled.unfold(0, length, 1)[:-2], scaled[length + 1 :]
    cut = len(train) - length - 1
    return inputs[:cut], targets[:cut], inputs[cut + 1 :], targets[cut + 1 :]
