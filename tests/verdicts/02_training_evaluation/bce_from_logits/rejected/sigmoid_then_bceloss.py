# feedback: cut off at -100
def bce_from_logits(logits, labels):
    return nn.BCELoss()(torch.sigmoid(logits), labels)
