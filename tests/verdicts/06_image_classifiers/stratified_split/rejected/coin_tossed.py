# feedback: wrong share of a class | left to chance
def stratified_split(labels, share, seed):
    g = torch.Generator().manual_seed(seed)
    coin = torch.rand(len(labels), generator=g) < share
    return (~coin).nonzero().flatten(), coin.nonzero().flatten()
