# feedback: same split for every seed
def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    train, val = [], []
    for c in labels.unique():
        places = (labels == c).nonzero().flatten()
        n = round(share * len(places))
        val.append(places[:n])
        train.append(places[n:])
    train, val = torch.cat(train), torch.cat(val)
    return train[torch.randperm(len(train), generator=g)], val[torch.randperm(len(val), generator=g)]
