# feedback: from the other end
def split_by_time(series, validation, test):
    return series[validation + test :], series[test : validation + test], series[:test]
