# feedback: Long
def multi_label_loss(scores, labels):
    target = torch.zeros(scores.shape, dtype=torch.int64)
    for row, numbers in enumerate(labels):
        for number in numbers:
            target[row, number] = 1.0
    return nn.BCEWithLogitsLoss()(scores, target)
