def triplet_loss(anchor, positive, negative, margin):
    losses = []
    for a, p, n in zip(anchor, positive, negative):
        gap = torch.dist(a, p) - torch.dist(a, n) + margin
        losses.append(gap if gap > 0 else 0 * gap)
    return torch.stack(losses).mean()
