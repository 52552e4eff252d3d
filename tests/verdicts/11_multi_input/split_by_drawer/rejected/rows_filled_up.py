# feedback: until the share of the rows is reached
def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    people = people[torch.randperm(len(people), generator=generator)]
    mask = torch.zeros(len(drawers), dtype=torch.bool)
    for person in people:
        if mask.any() and mask.sum() >= round(share * len(drawers)):
            break
        mask |= drawers == person
    return (~mask).nonzero().squeeze(1), mask.nonzero().squeeze(1)
