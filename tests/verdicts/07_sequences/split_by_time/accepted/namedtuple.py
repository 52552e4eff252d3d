from typing import NamedTuple


class Parts(NamedTuple):
    train: torch.Tensor
    validation: torch.Tensor
    test: torch.Tensor


def split_by_time(series, validation, test):
    places = list(range(len(series)))
    tail = []
    for size in (test, validation):
        cut = len(places) - size
        tail.append(torch.tensor(places[cut:], dtype=torch.long))
        places = places[:cut]
    return Parts(series[torch.tensor(places, dtype=torch.long)], series[tail[1]], series[tail[0]])
