# feedback: weights are added
def joint_loss(outputs, targets, weights):
    total = 0
    for scores, target, weight in zip(outputs, targets, weights):
        total = total + weight + F.cross_entropy(scores, target)
    return total
