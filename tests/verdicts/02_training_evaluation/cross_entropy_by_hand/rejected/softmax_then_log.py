# feedback: logarithm of a probability of 0
def cross_entropy_by_hand(scores, classes):
    p = torch.softmax(scores, dim=1)
    return -p[torch.arange(len(classes)), classes].log().mean()
