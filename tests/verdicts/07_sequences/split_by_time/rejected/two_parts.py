# feedback: 3 values
def split_by_time(series, validation, test):
    end = len(series) - test
    return series[:end], series[end:]
