def split_by_time(series, validation, test):
    rest = series.shape[0] - test - validation
    return series.narrow(0, 0, rest), series.narrow(0, rest, validation), series.narrow(0, rest + validation, test)
