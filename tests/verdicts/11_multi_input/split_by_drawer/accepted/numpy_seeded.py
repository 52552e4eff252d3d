import numpy as np


def split_by_drawer(drawers, share, generator):
    numbers = drawers.numpy().copy()
    people = np.unique(numbers)
    seed = int(torch.randint(2**31 - 1, (1,), generator=generator))
    count = max(1, round(share * len(people)))
    chosen = np.random.default_rng(seed).choice(people, size=count, replace=False)
    mask = np.isin(numbers, chosen)
    return torch.from_numpy(np.flatnonzero(~mask).astype(np.int64)), torch.from_numpy(np.flatnonzero(mask).astype(np.int64))
