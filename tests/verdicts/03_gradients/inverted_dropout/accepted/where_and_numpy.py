def inverted_dropout(x, p, training):
    p = p if training else 0.0
    drop = torch.from_numpy(np.random.rand(*x.shape) < p)
    return torch.where(drop, torch.zeros(()), x / (1 - p))
