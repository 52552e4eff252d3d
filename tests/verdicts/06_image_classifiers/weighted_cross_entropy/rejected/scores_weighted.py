# feedback: scores are multiplied
def weighted_cross_entropy(scores, classes, weight):
    return F.cross_entropy(scores * weight, classes)
