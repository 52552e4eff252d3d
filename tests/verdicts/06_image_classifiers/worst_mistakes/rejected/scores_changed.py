# feedback: that was passed in is changed
def worst_mistakes(scores, labels, k):
    scores -= scores.logsumexp(1, keepdim=True)
    p, said = scores.max(1)
    wrong = (said != labels).nonzero().flatten()
    return wrong[p[wrong].argsort(descending=True)][:k]
