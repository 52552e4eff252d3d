# feedback: a Python list is not a tensor
def align_labels(labels, test_classes, train_classes):
    table = [train_classes.index(name) for name in test_classes]
    return [table[label] for label in labels]
