# feedback: changed by the call
def trailing_mean(series, width):
    for t in reversed(range(len(series))):
        series[t] = series[max(0, t - width + 1) : t + 1].mean()
    return series
