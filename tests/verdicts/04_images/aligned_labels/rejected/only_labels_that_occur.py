# feedback: only the labels that occur
def align_labels(labels, test_classes, train_classes):
    return torch.tensor([train_classes.index(test_classes[label]) for label in labels])
