# feedback: without the logarithm of the sum
def cross_entropy_by_hand(scores, classes):
    log_sum = torch.logsumexp(scores, dim=1)
    own = scores[torch.arange(len(classes)), classes]
    return (-own).mean()
