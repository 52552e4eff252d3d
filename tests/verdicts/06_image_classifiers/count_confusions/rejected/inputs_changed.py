# feedback: that was passed in is changed
def count_confusions(predictions, labels, num_classes):
    labels *= num_classes
    labels += predictions
    return torch.bincount(labels, minlength=num_classes**2).reshape(num_classes, num_classes)
