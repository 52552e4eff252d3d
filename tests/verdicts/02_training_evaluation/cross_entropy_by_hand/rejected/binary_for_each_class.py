# feedback: binary cross-entropy for each class
def cross_entropy_by_hand(scores, classes):
    hot = nn.functional.one_hot(classes, scores.shape[1]).float()
    return nn.functional.binary_cross_entropy_with_logits(scores, hot)
