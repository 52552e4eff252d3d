# feedback: returned in the other order
def split_by_time(series, validation, test):
    train, valid, tested = torch.split(series, [len(series) - validation - test, validation, test])
    return train, tested, valid
