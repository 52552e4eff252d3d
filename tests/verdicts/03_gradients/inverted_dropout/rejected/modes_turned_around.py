# feedback: drops nothing
def inverted_dropout(x, p, training):
    if training:
        return x
    keep = torch.rand_like(x) >= p
    return x * keep / (1 - p)
