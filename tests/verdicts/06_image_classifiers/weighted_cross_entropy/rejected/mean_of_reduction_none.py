# feedback: divided by the number of samples
def weighted_cross_entropy(scores, classes, weight):
    return F.cross_entropy(scores, classes, weight=weight, reduction='none').mean()
