# feedback: one step too late
def loop_windows(series, length):
    inputs, targets = [], []
    for start in range(len(series) - length - 1):
        inputs.append(series[start : start + length])
        targets.append(series[start + length + 1])
    return torch.stack(inputs), torch.stack(targets)
