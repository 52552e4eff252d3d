# feedback: changed by the call
def multi_label_loss(scores, labels):
    target = torch.zeros_like(scores)
    for row, numbers in enumerate(labels):
        while numbers:
            target[row, numbers.pop()] = 1.0
    return nn.BCEWithLogitsLoss()(scores, target)
