# feedback: means `series[:0]`
def split_by_time(series, validation, test):
    rest, tested = series[:-test], series[-test:]
    return rest[:-validation], rest[-validation:], tested
