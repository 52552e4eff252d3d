# feedback: always chooses the same people
def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    count = max(1, round(share * len(people)))
    chosen = people[torch.arange(len(people))[:count]]
    mask = torch.isin(drawers, chosen)
    return (~mask).nonzero().squeeze(1), mask.nonzero().squeeze(1)
