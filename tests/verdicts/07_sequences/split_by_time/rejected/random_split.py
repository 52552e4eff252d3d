# feedback: does not keep the order of time | drawn at random
def split_by_time(series, validation, test):
    order = torch.randperm(len(series))
    return torch.split(series[order], [len(series) - validation - test, validation, test])
