def weighted_cross_entropy(scores, classes, weight):
    total, divisor = 0.0, 0.0
    for row, number in zip(scores, classes, strict=True):
        shifted = row - row.max().detach()
        total = total + weight[number] * (shifted.exp().sum().log() - shifted[number])
        divisor = divisor + weight[number]
    return total / divisor
