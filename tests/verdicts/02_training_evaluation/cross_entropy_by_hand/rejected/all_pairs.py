# feedback: a whole row of scores for every sample
def cross_entropy_by_hand(scores, classes):
    return (torch.logsumexp(scores, dim=1) - scores[:, classes]).mean()
