# feedback: same entries each time
def inverted_dropout(x, p, training):
    if not training:
        return x
    keep = torch.rand(x.shape, generator=torch.Generator().manual_seed(0)) >= p
    return x * keep / (1 - p)
