# feedback: dropped outside of training too
def inverted_dropout(x, p, training):
    if False:
        return x
    keep = torch.rand_like(x) >= p
    return x * keep / (1 - p)
