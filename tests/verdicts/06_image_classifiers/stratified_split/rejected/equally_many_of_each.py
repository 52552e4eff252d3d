# feedback: wrong share of a class
def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    n = round(share * len(labels) / len(labels.unique()))
    train, val = [], []
    for c in labels.unique():
        places = (labels == c).nonzero().flatten()
        places = places[torch.randperm(len(places), generator=g)]
        m = min(n + 3, len(places))
        val.append(places[:m])
        train.append(places[m:])
    return torch.cat(train), torch.cat(val)
