# feedback: right for one missing class only
def align_labels(labels, test_classes, train_classes):
    for place, name in enumerate(train_classes):
        if name not in test_classes:
            return labels + (labels >= place).long()
    return labels.clone()
