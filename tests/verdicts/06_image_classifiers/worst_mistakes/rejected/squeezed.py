# feedback: squeeze
def worst_mistakes(scores, labels, k):
    sure, said = scores.softmax(dim=1).max(dim=1)
    wrong = (said != labels).nonzero().squeeze()
    order = sure[wrong].argsort(descending=True)
    return wrong[order][:k]
