# feedback: added to every label
def align_labels(labels, test_classes, train_classes):
    return labels + 1
