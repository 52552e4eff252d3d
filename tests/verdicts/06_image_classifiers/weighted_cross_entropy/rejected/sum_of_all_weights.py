# feedback: weights of all classes
def weighted_cross_entropy(scores, classes, weight):
    return F.cross_entropy(scores, classes, weight=weight, reduction='sum') / weight.sum()
