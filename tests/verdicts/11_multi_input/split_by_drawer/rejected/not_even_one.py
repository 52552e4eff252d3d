# feedback: rounded to 0
def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    count = round(share * len(people))
    chosen = people[torch.randperm(len(people), generator=generator)[:count]]
    mask = torch.isin(drawers, chosen)
    return (~mask).nonzero().squeeze(1), mask.nonzero().squeeze(1)
