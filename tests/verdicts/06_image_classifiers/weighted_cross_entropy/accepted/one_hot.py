def weighted_cross_entropy(scores, classes, weight):
    hot = F.one_hot(classes, scores.shape[1]) * weight
    return -(hot * scores.log_softmax(-1)).sum() / hot.sum()
