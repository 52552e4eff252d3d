# feedback: people in the test | share of the rows is taken for a number of people
def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    count = max(1, round(share * len(drawers)))
    chosen = people[torch.randperm(len(people), generator=generator)[:count]]
    mask = torch.isin(drawers, chosen)
    return (~mask).nonzero().squeeze(1), mask.nonzero().squeeze(1)
