# feedback: whole rows
def inverted_dropout(x, p, training):
    if not training:
        return x
    keep = torch.rand(x.shape[0], *[1] * (x.ndim - 1)) >= p
    return x * keep / (1 - p)
