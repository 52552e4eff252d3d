def inverted_dropout(x, p, training):
    q = 1 - p * training
    mask = torch.empty_like(x).uniform_() > q
    return x.masked_fill(mask, 0) / q
