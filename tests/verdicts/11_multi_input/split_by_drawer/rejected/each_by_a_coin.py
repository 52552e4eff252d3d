# feedback: left to chance
def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    chosen = people[torch.rand(len(people), generator=generator) < share]
    if len(chosen) == 0:
        chosen = people[:1]
    test = torch.isin(drawers, chosen)
    return torch.where(~test)[0], torch.where(test)[0]
