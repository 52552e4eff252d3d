# feedback: left to chance
def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    count = max(1, round(share * len(people)))
    chosen = people[torch.randint(len(people), (count,), generator=generator)]
    test = torch.isin(drawers, chosen)
    return torch.where(~test)[0], torch.where(test)[0]
