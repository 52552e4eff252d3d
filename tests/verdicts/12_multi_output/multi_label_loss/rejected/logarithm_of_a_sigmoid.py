# feedback: not finite
def multi_label_loss(scores, labels):
    target = torch.zeros_like(scores)
    for row, numbers in enumerate(labels):
        for number in numbers:
            target[row, number] = 1.0
    p = scores.sigmoid()
    return -(target * p.log() + (1 - target) * (1 - p).log()).mean()
