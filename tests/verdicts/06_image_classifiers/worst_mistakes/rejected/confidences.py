# feedback: wrong places | probabilities are returned
def worst_mistakes(scores, labels, k):
    p, said = scores.softmax(1).max(1)
    return p[said != labels].sort(descending=True).values[:k]
