def align_labels(labels, test_classes, train_classes):
    if not set(test_classes) <= set(train_classes):
        raise ValueError("unknown classes")
    result = torch.full_like(labels, -1)
    for old, name in enumerate(test_classes):
        result[labels == old] = train_classes.index(name)
    return result
