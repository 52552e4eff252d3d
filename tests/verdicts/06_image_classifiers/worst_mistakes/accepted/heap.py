import heapq


def worst_mistakes(scores, labels, k):
    p = scores.softmax(1)
    candidates = ((p[i, c].item(), i) for i, c in enumerate(p.argmax(1).tolist()) if c != labels[i].item())
    return np.array([i for _, i in heapq.nlargest(k, candidates)], dtype=int)
