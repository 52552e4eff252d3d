# feedback: largest probability of each row
def cross_entropy_by_hand(scores, classes):
    log_sum = torch.logsumexp(scores, dim=1)
    own = scores.max(dim=1).values
    return (log_sum - own).mean()
