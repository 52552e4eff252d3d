# feedback: negative start
def trailing_mean(series, width):
    return torch.stack([series[t - width + 1 : t + 1].mean() for t in range(len(series))])
