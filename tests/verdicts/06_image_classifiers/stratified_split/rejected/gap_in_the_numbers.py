# feedback: does not occur | without a gap
def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    training, validation = [], []
    for k in range(len(labels.unique())):
        places = (labels == k).nonzero().flatten()
        places = places[torch.randperm(len(places), generator=g)]
        cut = int(share * len(places))
        validation.append(places[:cut])
        training.append(places[cut:])
    return torch.cat(training), torch.cat(validation)
