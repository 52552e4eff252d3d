# feedback: softmax stands before the loss
def joint_loss(outputs, targets, weights):
    total = 0
    for scores, target, weight in zip(outputs, targets, weights):
        total = total + weight * F.cross_entropy(scores.softmax(dim=1), target)
    return total
