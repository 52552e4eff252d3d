def split_by_time(series, validation, test):
    return torch.split(series, [len(series) - validation - test, validation, test])
