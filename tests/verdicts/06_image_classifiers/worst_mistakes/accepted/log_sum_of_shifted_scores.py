def worst_mistakes(scores, labels, k):
    # the largest log-probability is largest where the log-sum of the shifted scores is smallest
    shifted = (scores - scores.amax(1, keepdim=True)).double()
    doubt = shifted.exp().sum(1).log()
    order = doubt.argsort()
    return order[scores.argmax(1)[order] != labels[order]][:k]
