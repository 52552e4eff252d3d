# feedback: returned instead of raised
def align_labels(labels, test_classes, train_classes):
    if any(name not in train_classes for name in test_classes):
        return ValueError("unknown class")
    table = torch.tensor([train_classes.index(name) for name in test_classes])
    return table[labels]
