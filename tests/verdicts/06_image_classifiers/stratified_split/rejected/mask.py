# feedback: no split | masks
def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    held = torch.zeros(len(labels), dtype=torch.int64)
    for c in labels.unique():
        p = (labels == c).nonzero().flatten()
        held[p[torch.randperm(len(p), generator=g)][: round(share * len(p))]] = 1
    return 1 - held, held
