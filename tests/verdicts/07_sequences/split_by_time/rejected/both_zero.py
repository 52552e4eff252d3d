# feedback: where both numbers are 0
def split_by_time(series, validation, test):
    both = validation + test
    train_part = series[: -both or None]
    validation_part = series[-both : -test or None]
    test_part = series[len(series) - test :]
    return train_part, validation_part, test_part
