def bce_from_logits(logits, labels):
    signed = torch.where(labels == 1, -logits, logits)
    return torch.logaddexp(signed, torch.zeros_like(signed)).sum() / signed.numel()
