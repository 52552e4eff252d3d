def split_by_drawer(drawers, share, generator):
    people, who = torch.unique(drawers, return_inverse=True)
    scores = torch.rand(len(people), generator=generator)
    k = max(round(len(people) * share), 1)
    limit = scores.sort().values[k - 1]
    test = (scores <= limit)[who]
    rows = torch.arange(len(drawers))
    return rows[~test].flip(0), rows[test]
