def weighted_cross_entropy(scores, classes, weight):
    return nn.CrossEntropyLoss(weight)(scores, classes)
