# feedback: normal numbers
def inverted_dropout(x, p, training):
    if not training:
        return x
    keep = torch.randn_like(x) >= p
    return x * keep / (1 - p)
