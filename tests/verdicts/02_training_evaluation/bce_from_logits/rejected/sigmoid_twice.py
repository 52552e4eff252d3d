# feedback: sigmoid is applied twice
def bce_from_logits(logits, labels):
    return nn.BCEWithLogitsLoss()(torch.sigmoid(logits), labels)
