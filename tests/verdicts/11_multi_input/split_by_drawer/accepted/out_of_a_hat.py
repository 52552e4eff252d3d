def split_by_drawer(drawers, share, generator):
    hat = list(dict.fromkeys(drawers.tolist()))  # in order of appearance
    count = max(1, round(share * len(hat)))
    drawn = []
    while len(drawn) < count:
        place = torch.randint(len(hat), (), generator=generator).item()
        drawn.append(hat.pop(place))
    is_test = torch.isin(drawers, torch.tensor(drawn, dtype=torch.int64))
    mixed = torch.randperm(len(drawers), generator=generator)
    return mixed[~is_test[mixed]], mixed[is_test[mixed]]
