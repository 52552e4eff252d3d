# feedback: people in the test
def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    count = max(1, int(share * len(people)) - 1) if len(people) < 8 else int(share * len(people)) + 1
    chosen = people[torch.randperm(len(people), generator=generator)[:count]]
    mask = torch.isin(drawers, chosen)
    return (~mask).nonzero().squeeze(1), mask.nonzero().squeeze(1)
