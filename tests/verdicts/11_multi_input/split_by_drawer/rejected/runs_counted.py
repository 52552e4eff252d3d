# feedback: unique_consecutive
def split_by_drawer(drawers, share, generator):
    people = torch.unique_consecutive(drawers)
    count = max(1, round(share * len(people)))
    chosen = people[torch.randperm(len(people), generator=generator)[:count]]
    mask = torch.isin(drawers, chosen)
    return (~mask).nonzero().squeeze(1), mask.nonzero().squeeze(1)
