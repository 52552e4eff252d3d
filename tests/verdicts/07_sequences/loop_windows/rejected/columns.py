# feedback: axes of the windows are exchanged
def loop_windows(series, length):
    inputs, targets = [], []
    for start in range(len(series) - length):
        inputs.append(series[start : start + length])
        targets.append(series[start + length])
    return torch.stack(inputs, dim=1), torch.stack(targets)
