# feedback: gave None
def inverted_dropout(x, p, training):
    if training:
        return x * (torch.rand_like(x) >= p) / (1 - p)
