# feedback: same split for every seed
def stratified_split(labels, share, seed):
    train, val = [], []
    for c in labels.unique():
        places = (labels == c).nonzero().flatten()
        n = round(share * len(places))
        val.append(places[:n])
        train.append(places[n:])
    return torch.cat(train), torch.cat(val)
