# feedback: logarithms of probabilities
def joint_loss(outputs, targets, weights):
    return sum(w * F.nll_loss(o, t) for o, t, w in zip(outputs, targets, weights))
