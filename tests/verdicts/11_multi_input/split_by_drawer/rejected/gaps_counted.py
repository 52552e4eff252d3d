# feedback: those in the gaps are counted
def split_by_drawer(drawers, share, generator):
    people = int(drawers.max()) + 1
    count = max(1, round(share * people))
    chosen = torch.randperm(people, generator=generator)[:count]
    mask = torch.isin(drawers, chosen)
    return (~mask).nonzero().squeeze(1), mask.nonzero().squeeze(1)
