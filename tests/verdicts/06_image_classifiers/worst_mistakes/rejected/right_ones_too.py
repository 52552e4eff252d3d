# feedback: right predictions are among them
def worst_mistakes(scores, labels, k):
    return scores.softmax(1).max(1).values.argsort(descending=True)[:k]
