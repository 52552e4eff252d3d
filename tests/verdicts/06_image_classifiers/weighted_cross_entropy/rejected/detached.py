# feedback: without a way back
def weighted_cross_entropy(scores, classes, weight):
    return F.cross_entropy(scores.detach(), classes, weight=weight)
