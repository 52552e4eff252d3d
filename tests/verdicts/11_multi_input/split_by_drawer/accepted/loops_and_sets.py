def split_by_drawer(drawers, share, generator):
    everyone = sorted(set(drawers.tolist()))
    order = torch.randperm(len(everyone), generator=generator).tolist()
    n = round(share * len(everyone))
    if n == 0:
        n = 1
    testers = {everyone[k] for k in order[:n]}
    a = [i for i, d in enumerate(drawers.tolist()) if d not in testers]
    b = [i for i, d in enumerate(drawers.tolist()) if d in testers]
    return torch.tensor(a), torch.tensor(b)
