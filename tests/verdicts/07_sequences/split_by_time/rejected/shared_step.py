# feedback: share a step
def split_by_time(series, validation, test):
    end = len(series) - test
    return series[: end - validation], series[end - validation : end + 1], series[end:]
