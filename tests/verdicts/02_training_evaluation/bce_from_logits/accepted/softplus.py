def bce_from_logits(logits, labels):
    return (nn.functional.softplus(logits) - logits * labels).mean()
