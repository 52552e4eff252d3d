def stratified_split(labels, share, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    noise = torch.rand(len(labels), generator=g)
    held = torch.zeros(len(labels), dtype=torch.bool)
    for c in range(int(labels.max()) + 1):
        mine = labels == c
        count = int(share * int(mine.sum()) + 0.5)
        rank = noise.masked_fill(~mine, 2.0).argsort()
        held[rank[:count]] = True
    return torch.where(~held)[0], torch.where(held)[0]
