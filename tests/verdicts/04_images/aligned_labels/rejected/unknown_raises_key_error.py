# feedback: wrong kind of error
def align_labels(labels, test_classes, train_classes):
    numbers = {name: number for number, name in enumerate(train_classes)}
    table = torch.tensor([numbers[name] for name in test_classes])
    return table[labels]
