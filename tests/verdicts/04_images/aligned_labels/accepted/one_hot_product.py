class UnknownClass(ValueError):
    pass


def align_labels(labels, test_classes, train_classes):
    same = torch.tensor([[a == b for b in train_classes] for a in test_classes], dtype=torch.int64)
    if (same.sum(1) == 0).any():
        raise UnknownClass
    return same[labels].argmax(dim=1)
