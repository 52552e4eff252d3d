def inverted_dropout(x, p, training):
    if training and p > 0:
        return x * torch.bernoulli(torch.full_like(x, 1 - p)).div_(1 - p)
    return x.clone()
