# feedback: 2 values
def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    parts = [(labels == c).nonzero().flatten() for c in labels.unique()]
    return torch.cat([p[torch.randperm(len(p), generator=g)][: round(share * len(p))] for p in parts])
