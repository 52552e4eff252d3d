# feedback: axis too many
def worst_mistakes(scores, labels, k):
    p, said = scores.softmax(1).max(1)
    wrong = (said != labels).nonzero()
    return wrong[p[wrong[:, 0]].argsort(descending=True)][:k]
