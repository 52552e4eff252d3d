# feedback: labels are exchanged
def bce_from_logits(logits, labels):
    each = torch.clamp(logits, min=0) - logits * (1 - labels) + torch.log1p(torch.exp(-logits.abs()))
    return each.mean()
