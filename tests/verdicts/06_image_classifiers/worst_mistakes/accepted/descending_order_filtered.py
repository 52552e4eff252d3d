def worst_mistakes(scores, labels, k):
    confidence, predictions = F.softmax(scores, dim=1).max(dim=1)
    order = confidence.sort(descending=True).indices
    return order[predictions[order] != labels[order]][:k]
