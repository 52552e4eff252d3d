# feedback: another split when it is called again
def stratified_split(labels, share, seed):
    train, val = [], []
    for c in labels.unique():
        places = (labels == c).nonzero().flatten()
        places = places[torch.randperm(len(places))]
        n = round(share * len(places))
        val.append(places[:n])
        train.append(places[n:])
    return torch.cat(train), torch.cat(val)
