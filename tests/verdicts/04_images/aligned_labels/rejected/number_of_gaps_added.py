# feedback: same number is added
def align_labels(labels, test_classes, train_classes):
    return labels + len(train_classes) - len(test_classes)
