# feedback: there is no logarithm
def cross_entropy_by_hand(scores, classes):
    return 1 - scores.softmax(dim=1)[torch.arange(len(classes)), classes].mean()
