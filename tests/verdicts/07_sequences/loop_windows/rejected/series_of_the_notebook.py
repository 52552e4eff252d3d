# feedback: cause
def loop_windows(series, length):
    series = torch.tensor(frame["consumption"].to_numpy()[:50], dtype=torch.float32)
    inputs = [series[start : start + length] for start in range(len(series) - length)]
    return torch.stack(inputs), series[length:]
