def weighted_cross_entropy(scores, classes, weight):
    return F.nll_loss(F.log_softmax(scores, dim=1), classes, weight=weight, reduction='sum') / weight[classes].sum()
