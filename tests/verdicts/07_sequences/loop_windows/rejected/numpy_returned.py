# feedback: a NumPy array is not a tensor
def loop_windows(series, length):
    inputs, targets = [], []
    for start in range(len(series) - length):
        inputs.append(series[start : start + length].numpy())
        targets.append(series[start + length].item())
    return np.array(inputs), np.array(targets)
