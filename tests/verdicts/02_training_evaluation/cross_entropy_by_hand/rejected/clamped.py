# feedback: cut off to keep the logarithm finite
def cross_entropy_by_hand(scores, classes):
    p = torch.softmax(scores, dim=1).clamp(min=1e-8)
    return -p[torch.arange(len(classes)), classes].log().mean()
