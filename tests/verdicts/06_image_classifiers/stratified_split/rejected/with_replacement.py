# feedback: no split
def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    train, val = [], []
    for c in labels.unique():
        places = (labels == c).nonzero().flatten()
        n = round(share * len(places))
        val.append(places[torch.randint(len(places), (n,), generator=g)])
        train.append(places[torch.randint(len(places), (len(places) - n,), generator=g)])
    return torch.cat(train), torch.cat(val)
