# feedback: their own value instead of a mean
def trailing_mean(series, width):
    means = series.clone()
    for t in range(width - 1, len(series)):
        means[t] = series[t - width + 1 : t + 1].mean()
    return means
