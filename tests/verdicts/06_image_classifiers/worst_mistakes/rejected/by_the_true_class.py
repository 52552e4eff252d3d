# feedback: *true* class got
def worst_mistakes(scores, labels, k):
    p = scores.softmax(1)
    wrong = (p.argmax(1) != labels).nonzero().flatten()
    own = p[torch.arange(len(labels)), labels]
    return wrong[own[wrong].argsort()][:k]
