def stratified_split(labels, share, seed):
    random = np.random.default_rng(seed)
    train, val = [], []
    for c in np.unique(labels.numpy()):
        places = random.permutation(np.flatnonzero(labels.numpy() == c))
        n = int(np.ceil(share * len(places)))
        val.extend(places[:n].tolist())
        train.extend(places[n:].tolist())
    return np.array(train), np.array(val)
