def worst_mistakes(scores, labels, k):
    p = scores.softmax(1)
    rows = [i for i in range(len(labels)) if int(p[i].argmax()) != int(labels[i])]
    return sorted(rows, key=lambda i: -p[i].max().item())[:k]
