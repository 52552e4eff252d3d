def bce_from_logits(logits, labels):
    return (torch.relu(logits) - logits * labels + torch.log1p(torch.exp(-logits.abs()))).mean()
