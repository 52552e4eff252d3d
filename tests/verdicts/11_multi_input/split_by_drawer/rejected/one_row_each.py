# feedback: does not use every row once
def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    rows = torch.stack([(drawers == p).nonzero()[0, 0] for p in people])
    order = torch.randperm(len(people), generator=generator)
    n = max(1, round(share * len(people)))
    return rows[order[n:]], rows[order[:n]]
