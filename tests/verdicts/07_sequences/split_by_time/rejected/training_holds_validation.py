# feedback: training part holds the validation part too
def split_by_time(series, validation, test):
    end = len(series) - test
    return series[:end], series[end - validation : end], series[end:]
