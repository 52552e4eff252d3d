def split_by_drawer(drawers, share, generator):
    ids = drawers.unique()
    n = max(1, round(share * ids.numel()))
    pick = ids[torch.multinomial(torch.ones(len(ids)), n, generator=generator)]
    mask = (drawers[:, None] == pick[None, :]).any(dim=1)
    return torch.where(~mask)[0], torch.where(mask)[0]
