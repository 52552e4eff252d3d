# feedback: changed by the call
def align_labels(labels, test_classes, train_classes):
    table = torch.tensor([train_classes.index(name) for name in test_classes])
    labels[:] = table[labels]
    return labels
