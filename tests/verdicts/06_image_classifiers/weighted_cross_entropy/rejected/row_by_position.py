# feedback: Error
def weighted_cross_entropy(scores, classes, weight):
    losses = F.cross_entropy(scores, classes, reduction='none')
    return (weight * losses).sum() / weight.sum()
