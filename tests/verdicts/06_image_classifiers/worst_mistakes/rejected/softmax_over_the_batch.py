# feedback: wrong places | softmax runs over the batch
def worst_mistakes(scores, labels, k):
    p = scores.softmax(0).max(1).values
    said = scores.argmax(1)
    wrong = (said != labels).nonzero().flatten()
    return wrong[p[wrong].argsort(descending=True)][:k]
