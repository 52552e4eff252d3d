# feedback: before a softmax
def worst_mistakes(scores, labels, k):
    p, said = scores.max(1)
    wrong = (said != labels).nonzero().flatten()
    return wrong[p[wrong].argsort(descending=True)][:k]
