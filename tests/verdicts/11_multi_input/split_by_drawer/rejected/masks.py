# feedback: is a mask
def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    count = max(1, round(share * len(people)))
    chosen = people[torch.randperm(len(people), generator=generator)[:count]]
    mask = torch.isin(drawers, chosen)
    return ~mask, mask
