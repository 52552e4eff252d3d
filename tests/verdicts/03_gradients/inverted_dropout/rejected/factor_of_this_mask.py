# feedback: zeros of this mask
def inverted_dropout(x, p, training):
    if not training:
        return x
    keep = torch.rand_like(x) >= p
    return x * keep / keep.float().mean()
