# feedback: another order than the heads
def joint_loss(outputs, targets, weights):
    total = 0
    for scores, target, weight in zip(outputs, targets, weights[::-1]):
        total = total + weight * F.cross_entropy(scores, target)
    return total
