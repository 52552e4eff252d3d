# feedback: a Python list is not a tensor
def split_by_time(series, validation, test):
    end = len(series) - test
    numbers = series.tolist()
    return numbers[: end - validation], numbers[end - validation : end], numbers[end:]
