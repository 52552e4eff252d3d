# feedback: drops the same number of entries each time
def inverted_dropout(x, p, training):
    out = x.clone()
    if training:
        out /= 1 - p
        out.view(-1)[torch.randperm(x.numel())[: round(p * x.numel())]] = 0
    return out
