# feedback: nothing is scaled
def prepared_windows(series, length, test_steps):
    inputs, targets = electricity.windows(series, length)
    return inputs[:-test_steps], targets[:-test_steps], inputs[-test_steps:], targets[-test_steps:]
