# feedback: a Python list is not a tensor
def loop_windows(series, length):
    inputs, targets = [], []
    for start in range(len(series) - length):
        inputs.append(series[start : start + length])
        targets.append(series[start + length])
    return inputs, targets
