def triplet_loss(anchor, positive, negative, margin):
    def d(u, v):
        return ((u - v + 1e-6).pow(2).sum(1)).sqrt()

    gap = d(anchor, positive) + margin - d(anchor, negative)
    return torch.maximum(gap, torch.zeros_like(gap)).sum() / len(gap)
