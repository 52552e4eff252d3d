# feedback: in both parts | trained on and validated on
def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    val = []
    for c in labels.unique():
        places = (labels == c).nonzero().flatten()
        places = places[torch.randperm(len(places), generator=g)]
        val.append(places[: round(share * len(places))])
    return torch.arange(len(labels)), torch.cat(val)
