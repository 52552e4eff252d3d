# feedback: not scaled up
def inverted_dropout(x, p, training):
    if not training:
        return x * (1 - p)
    keep = torch.rand_like(x) >= p
    return x * keep
