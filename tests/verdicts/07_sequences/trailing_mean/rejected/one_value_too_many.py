# feedback: one value too many
def trailing_mean(series, width):
    return torch.stack([series[max(0, t - width) : t + 1].mean() for t in range(len(series))])
