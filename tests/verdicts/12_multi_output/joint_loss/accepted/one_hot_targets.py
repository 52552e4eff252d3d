def joint_loss(outputs, targets, weights):
    parts = {}
    for k, (scores, numbers, weight) in enumerate(zip(outputs, targets, weights, strict=True)):
        hot = F.one_hot(numbers, scores.shape[1]).to(scores.dtype)
        parts[k] = F.cross_entropy(scores, hot, reduction="sum").div(scores.shape[0]).mul(weight)
    return torch.stack(tuple(parts.values())).sum()
