# feedback: own value is left out
def trailing_mean(series, width):
    means = [series[max(0, t - width) : t].mean() for t in range(1, len(series))]
    return torch.stack([series[0], *means])
