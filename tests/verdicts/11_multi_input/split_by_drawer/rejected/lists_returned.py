# feedback: should be a tensor
def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    count = max(1, round(share * len(people)))
    chosen = people[torch.randperm(len(people), generator=generator)[:count]].tolist()
    rows = drawers.tolist()
    return [i for i, d in enumerate(rows) if d not in chosen], [i for i, d in enumerate(rows) if d in chosen]
