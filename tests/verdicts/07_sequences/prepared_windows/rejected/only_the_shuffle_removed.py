# feedback: one window too many
def prepared_windows(series, length, test_steps):
    train = series[:-test_steps]
    scaled = (series - train.mean()) / train.std()
    inputs = scaled.unfold(0, length, 1)
    targets = scaled[length - 1 :]
    return inputs[:-test_steps], targets[:-test_steps], inputs[-test_steps:], targets[-test_steps:]
