# feedback: means `series[:0]`
def split_by_time(series, validation, test):
    return series[: -(validation + test)], series[-(validation + test) : -test], series[-test:]
