# feedback: not averaged
def weighted_cross_entropy(scores, classes, weight):
    return F.cross_entropy(scores, classes, weight=weight, reduction='sum')
