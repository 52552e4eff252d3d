def worst_mistakes(scores, labels, k):
    sure, said = torch.softmax(scores, -1).max(-1)
    sure = torch.where(said == labels, -1.0, sure)
    n = min(k, int((said != labels).sum()))
    return sure.topk(n).indices
