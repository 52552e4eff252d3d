# feedback: around the step
def trailing_mean(series, width):
    half = width // 2
    return torch.stack([series[max(0, t - half) : t + half + 1].mean() for t in range(len(series))])
