# feedback: a number without a way back
def bce_from_logits(logits, labels):
    each = torch.clamp(logits, min=0) - logits * labels + torch.log1p(torch.exp(-logits.abs()))
    return each.mean().item()
