# feedback: people in the test
def split_by_drawer(drawers, share, generator):
    people = torch.arange(1, 400)
    count = max(1, round(share * len(people)))
    chosen = people[torch.randperm(400 - 1, generator=generator)[:count]]
    mask = torch.isin(drawers, chosen)
    return (~mask).nonzero().squeeze(1), mask.nonzero().squeeze(1)
