# feedback: no split | within each class
def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    train, val = [], []
    for c in labels.unique():
        count = int((labels == c).sum())
        places = torch.randperm(count, generator=g)
        n = round(share * count)
        val.append(places[:n])
        train.append(places[n:])
    return torch.cat(train), torch.cat(val)
