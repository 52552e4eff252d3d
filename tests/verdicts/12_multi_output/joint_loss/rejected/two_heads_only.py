# feedback: only the first two heads
def joint_loss(outputs, targets, weights):
    first = F.cross_entropy(outputs[0], targets[0])
    second = F.cross_entropy(outputs[1], targets[1])
    return weights[0] * first + weights[1] * second
