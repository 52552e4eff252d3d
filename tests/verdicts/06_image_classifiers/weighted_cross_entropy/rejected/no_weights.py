# feedback: weights are not used
def weighted_cross_entropy(scores, classes, weight):
    return F.cross_entropy(scores, classes)
