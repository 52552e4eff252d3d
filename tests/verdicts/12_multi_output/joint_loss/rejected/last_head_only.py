# feedback: only the last head
def joint_loss(outputs, targets, weights):
    total = 0
    for scores, target, weight in zip(outputs, targets, weights):
        total = weight * F.cross_entropy(scores, target)
    return total
