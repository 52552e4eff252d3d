# feedback: cut off to keep the logarithm finite
def bce_from_logits(logits, labels):
    p = torch.sigmoid(logits).clamp(1e-6, 1 - 1e-6)
    return -(labels * p.log() + (1 - labels) * (1 - p).log()).mean()
