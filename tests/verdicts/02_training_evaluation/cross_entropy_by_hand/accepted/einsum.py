def cross_entropy_by_hand(scores, classes):
    hot = nn.functional.one_hot(classes, scores.shape[-1]).to(scores)
    return scores.logsumexp(-1).mean() - torch.einsum("bk,bk->", scores, hot) / scores.shape[0]
