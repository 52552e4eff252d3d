# feedback: left to chance
def stratified_split(labels, share, seed):
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(seed))
    n = round(share * len(labels))
    return order[n:], order[:n]
