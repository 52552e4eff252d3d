# feedback: nothing was raised
def align_labels(labels, test_classes, train_classes):
    numbers = {name: number for number, name in enumerate(train_classes)}
    return torch.tensor([numbers.get(test_classes[label], -1) for label in labels.tolist()])
