def multi_label_loss(scores, labels):
    pairs = torch.stack([torch.zeros_like(scores), scores], dim=-1)
    target = torch.zeros(scores.shape, dtype=torch.int64, device=scores.device)
    for b, numbers in enumerate(labels):
        for k in numbers:
            target[b, k] = 1
    return F.cross_entropy(pairs.flatten(0, 1), target.flatten())
