# feedback: an exponential of a large number overflows
def bce_from_logits(logits, labels):
    return (torch.log(1 + torch.exp(logits)) - logits * labels).mean()
