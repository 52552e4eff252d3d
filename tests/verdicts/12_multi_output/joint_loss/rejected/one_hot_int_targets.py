# feedback: Expected floating point type
def joint_loss(outputs, targets, weights):
    total = 0
    for scores, target, weight in zip(outputs, targets, weights):
        total = total + weight * F.cross_entropy(scores, F.one_hot(target, scores.shape[1]))
    return total
