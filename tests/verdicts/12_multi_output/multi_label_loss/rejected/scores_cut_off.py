# feedback: cut off before the loss
def multi_label_loss(scores, labels):
    target = torch.zeros_like(scores)
    for b, numbers in enumerate(labels):
        for k in numbers:
            target[b, k] = 1.0
    return F.binary_cross_entropy_with_logits(scores.clamp(-30, 30), target)
