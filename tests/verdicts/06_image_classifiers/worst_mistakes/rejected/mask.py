# feedback: wrong places
def worst_mistakes(scores, labels, k):
    return (scores.argmax(1) != labels)
