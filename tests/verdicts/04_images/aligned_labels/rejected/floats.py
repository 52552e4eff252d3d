# feedback: wrong dtype
def align_labels(labels, test_classes, train_classes):
    table = torch.tensor([float(train_classes.index(name)) for name in test_classes])
    return table[labels]
