# feedback: mean of each class
def weighted_cross_entropy(scores, classes, weight):
    losses = F.cross_entropy(scores, classes, reduction="none")
    total, divisor = 0, 0
    for k in range(len(weight)):
        if (classes == k).any():
            total = total + weight[k] * losses[classes == k].mean()
            divisor = divisor + weight[k]
    return total / divisor
