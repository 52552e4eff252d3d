# feedback: a small number is added
def bce_from_logits(logits, labels):
    p = torch.sigmoid(logits)
    return -(labels * (p + 1e-7).log() + (1 - labels) * (1 - p + 1e-7).log()).mean()
