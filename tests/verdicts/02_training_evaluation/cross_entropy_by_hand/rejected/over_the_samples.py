# feedback: down the columns, over the samples
def cross_entropy_by_hand(scores, classes):
    log_p = scores - torch.logsumexp(scores, dim=0)
    return -log_p[torch.arange(len(classes)), classes].mean()
