# feedback: Error | `topk` is asked for more
def worst_mistakes(scores, labels, k):
    p, said = scores.softmax(1).max(1)
    wrong = (said != labels).nonzero().flatten()
    return wrong[p[wrong].topk(k).indices]
