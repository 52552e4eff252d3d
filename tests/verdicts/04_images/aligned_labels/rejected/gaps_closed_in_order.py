# feedback: same order in both lists
def align_labels(labels, test_classes, train_classes):
    if any(name not in train_classes for name in test_classes):
        raise ValueError("unknown class")
    kept = [place for place, name in enumerate(train_classes) if name in test_classes]
    return torch.tensor(kept)[labels]
