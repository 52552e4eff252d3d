def align_labels(labels, test_classes, train_classes):
    numbers = {name: number for number, name in enumerate(train_classes)}
    for name in test_classes:
        if name not in numbers:
            raise ValueError(f"{name} is unknown")
    return torch.tensor([numbers[test_classes[label]] for label in labels.tolist()])
