# feedback: fill up the rest
def worst_mistakes(scores, labels, k):
    p, said = scores.softmax(1).max(1)
    p[said == labels] = -1
    return p.argsort(descending=True)[:k]
