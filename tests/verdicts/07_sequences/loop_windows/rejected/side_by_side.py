# feedback: side by side
def loop_windows(series, length):
    inputs, targets = [], []
    for start in range(0, len(series) - length, length):
        inputs.append(series[start : start + length])
        targets.append(series[start + length])
    return torch.stack(inputs), torch.stack(targets)
