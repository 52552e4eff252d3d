# feedback: distance between the two largest
def worst_mistakes(scores, labels, k):
    top = scores.softmax(dim=1).topk(2, dim=1)
    margin = top.values[:, 0] - top.values[:, 1]
    wrong = (top.indices[:, 0] != labels).nonzero().flatten()
    return wrong[margin[wrong].argsort(descending=True)][:k]
