# feedback: replaced twice
def align_labels(labels, test_classes, train_classes):
    for old, name in enumerate(test_classes):
        labels[labels == old] = train_classes.index(name)
    return labels
