# feedback: same order in both lists
def align_labels(labels, test_classes, train_classes):
    missing = sorted(set(train_classes) - set(test_classes))
    for name in missing:
        labels = torch.where(labels >= train_classes.index(name), labels + 1, labels)
    return labels
