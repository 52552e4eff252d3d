# feedback: wrong places | mask is returned
def worst_mistakes(scores, labels, k):
    return (scores.argmax(1) != labels)
