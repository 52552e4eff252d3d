# feedback: not finite | is 0 in float32
def weighted_cross_entropy(scores, classes, weight):
    losses = -scores.softmax(1).log()[torch.arange(len(classes)), classes]
    return (weight[classes] * losses).sum() / weight[classes].sum()
