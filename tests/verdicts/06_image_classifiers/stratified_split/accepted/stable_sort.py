def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(labels), generator=g)
    order = order[torch.argsort(labels[order], stable=True)]
    val, train = [], []
    for group in order.split(torch.bincount(labels).tolist()):
        n = math.floor(share * len(group))
        val.append(group[:n])
        train.append(group[n:])
    return torch.cat(train), torch.cat(val)
