# feedback: should be a number
def joint_loss(outputs, targets, weights):
    return [w * F.cross_entropy(o, t) for o, t, w in zip(outputs, targets, weights)]
