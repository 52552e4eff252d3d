# feedback: overflows, or the logarithm of a saturated sigmoid
def bce_from_logits(logits, labels):
    p = torch.sigmoid(logits)
    return -(labels * p.log() + (1 - labels) * (1 - p).log()).mean()
