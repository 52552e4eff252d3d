def stratified_split(labels, share, seed):
    torch.manual_seed(seed)
    parts = [(labels == c).nonzero()[:, 0] for c in labels.unique()]
    parts = [p[torch.randperm(len(p))] for p in parts]
    cuts = [round(share * len(p)) for p in parts]
    return torch.cat([p[n:] for p, n in zip(parts, cuts)]), torch.cat([p[:n] for p, n in zip(parts, cuts)])
