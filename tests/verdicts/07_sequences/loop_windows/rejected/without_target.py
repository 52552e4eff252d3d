# feedback: only one of the values
def loop_windows(series, length):
    return torch.stack([series[start : start + length] for start in range(len(series) - length)])
