# feedback: without a label are left out
def multi_label_loss(scores, labels):
    losses = []
    for row, numbers in zip(scores, labels):
        if numbers:
            target = torch.zeros_like(row)
            target[numbers] = 1
            losses.append(F.binary_cross_entropy_with_logits(row, target))
    return torch.stack(losses).mean()
