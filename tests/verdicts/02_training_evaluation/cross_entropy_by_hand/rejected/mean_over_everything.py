# feedback: mean is taken over all entries
def cross_entropy_by_hand(scores, classes):
    hot = nn.functional.one_hot(classes, scores.shape[1])
    return -(torch.log_softmax(scores, dim=1) * hot).mean()
