def split_by_time(series, validation, test):
    left = torch.arange(len(series)).flip(0)
    return [series[left >= validation + test], series[(left >= test) & (left < validation + test)], series[left < test]]
