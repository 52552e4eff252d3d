# feedback: rows and columns are exchanged
def count_confusions(predictions, labels, num_classes):
    return torch.bincount(predictions * num_classes + labels, minlength=num_classes**2).reshape(num_classes, -1)
