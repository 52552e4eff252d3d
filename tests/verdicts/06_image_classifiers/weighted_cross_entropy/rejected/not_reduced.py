# feedback: should be a number
def weighted_cross_entropy(scores, classes, weight):
    w = weight[classes]
    return w * F.cross_entropy(scores, classes, reduction='none') / w.sum()
