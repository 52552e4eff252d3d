def worst_mistakes(scores, labels, k):
    z = scores.numpy().astype(np.float64)
    margin = np.log(np.exp(z - z.max(1, keepdims=True)).sum(1))
    wrong = np.flatnonzero(z.argmax(1) != labels.numpy())
    return wrong[np.argsort(margin[wrong])][:k]
