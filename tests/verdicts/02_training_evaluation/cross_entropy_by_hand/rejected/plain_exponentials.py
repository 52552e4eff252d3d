# feedback: an exponential of a large score overflows
def cross_entropy_by_hand(scores, classes):
    log_sum = scores.exp().sum(dim=1).log()
    own = scores[torch.arange(len(classes)), classes]
    return (log_sum - own).mean()
