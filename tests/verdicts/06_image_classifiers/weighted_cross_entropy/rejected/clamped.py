# feedback: cut off
def weighted_cross_entropy(scores, classes, weight):
    p = scores.softmax(dim=1).clamp(min=1e-12)
    losses = -p[torch.arange(len(classes)), classes].log()
    w = weight[classes]
    return (w * losses).sum() / w.sum()
