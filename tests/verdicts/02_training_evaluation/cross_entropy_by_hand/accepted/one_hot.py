def cross_entropy_by_hand(scores, classes):
    table = torch.eye(scores.shape[1])[classes]
    return -(table * torch.log_softmax(scores, dim=-1)).sum() / len(classes)
