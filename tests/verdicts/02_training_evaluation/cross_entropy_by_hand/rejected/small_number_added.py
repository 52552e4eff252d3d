# feedback: a small number is added
def cross_entropy_by_hand(scores, classes):
    p = torch.softmax(scores, dim=1)
    return -(p[torch.arange(len(classes)), classes] + 1e-7).log().mean()
