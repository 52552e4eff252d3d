def joint_loss(outputs, targets, weights):
    mine = F.cross_entropy(outputs[0], targets[0]) * weights[0]
    if len(outputs) == 1:
        return mine
    return mine + joint_loss(outputs[1:], targets[1:], weights[1:])
