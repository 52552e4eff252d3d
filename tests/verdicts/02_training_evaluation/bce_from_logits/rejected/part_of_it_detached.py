# feedback: right value, but a wrong gradient
def bce_from_logits(logits, labels):
    each = torch.clamp(logits, min=0) - logits * labels + torch.log1p(torch.exp(-logits.abs().detach()))
    return each.mean()
