# feedback: only right predictions
def count_confusions(predictions, labels, num_classes):
    hits = labels[labels == predictions]
    return torch.diag(torch.bincount(hits, minlength=num_classes))
