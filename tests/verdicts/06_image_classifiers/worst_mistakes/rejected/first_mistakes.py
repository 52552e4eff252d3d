# feedback: first mistakes are taken
def worst_mistakes(scores, labels, k):
    wrong = (scores.argmax(1) != labels).nonzero().flatten()
    return wrong[:k]
