# feedback: cause | wrong
def split_by_time(series, validation, test):
    n = len(series)
    a, b = int(n * 0.6), int(n * 0.8)
    return series[:a], series[a:b], series[b:]
