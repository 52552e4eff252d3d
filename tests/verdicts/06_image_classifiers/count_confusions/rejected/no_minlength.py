# feedback: Error | minlength
def count_confusions(predictions, labels, num_classes):
    return torch.bincount(labels * num_classes + predictions).reshape(num_classes, num_classes)
