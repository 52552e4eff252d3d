# feedback: in the rows of all
def multi_label_loss(scores, labels):
    target = torch.zeros_like(scores)
    for numbers in labels:
        target[:, numbers] = 1.0
    return F.binary_cross_entropy_with_logits(scores, target)
