def weighted_cross_entropy(scores, classes, weight):
    losses = torch.logsumexp(scores, dim=1) - scores.gather(1, classes[:, None]).squeeze(1)
    w = weight.gather(0, classes)
    return torch.dot(w, losses) / torch.sum(w)
