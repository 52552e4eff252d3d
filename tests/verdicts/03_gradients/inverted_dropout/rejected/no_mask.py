# feedback: mask of zeros and ones
def inverted_dropout(x, p, training):
    if not training:
        return x
    keep = torch.rand_like(x)
    return x * keep / (1 - p)
