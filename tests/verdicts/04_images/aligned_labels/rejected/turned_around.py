# feedback: does not hold
def align_labels(labels, test_classes, train_classes):
    table = torch.tensor([test_classes.index(name) for name in train_classes])
    return table[labels]
