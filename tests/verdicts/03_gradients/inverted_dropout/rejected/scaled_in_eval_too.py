# feedback: outside of training too
def inverted_dropout(x, p, training):
    if not training:
        return x / (1 - p)
    keep = torch.rand_like(x) >= p
    return x * keep / (1 - p)
