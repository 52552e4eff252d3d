# feedback: validation part is the end
def split_by_time(series, validation, test):
    train, tested, valid = torch.split(series, [len(series) - validation - test, test, validation])
    return train, valid, tested
