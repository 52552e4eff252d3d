# feedback: everything so far
def trailing_mean(series, width):
    return series.cumsum(0) / torch.arange(1, len(series) + 1)
