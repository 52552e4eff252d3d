# feedback: no split
def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(labels), generator=g)
    n = round(share * len(labels))
    return labels[order[n:]], labels[order[:n]]
