# feedback: changed by the call
def inverted_dropout(x, p, training):
    if training:
        x[torch.rand_like(x) < p] = 0
        x /= 1 - p
    return x
