# feedback: None
def weighted_cross_entropy(scores, classes, weight):
    loss = F.cross_entropy(scores, classes, weight=weight)
