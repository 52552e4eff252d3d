# feedback: those of the whole series
def prepared_windows(series, length, test_steps):
    scaled = (series - series.mean()) / series.std(correction=0)
    inputs, targets = electricity.windows(scaled, length)
    cut = len(targets) - test_steps
    return inputs[:cut], targets[:cut], inputs[cut:], targets[cut:]
