# feedback: labels come back as they were
def align_labels(labels, test_classes, train_classes):
    return labels
