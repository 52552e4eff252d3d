# feedback: int64 | holds shares
def count_confusions(predictions, labels, num_classes):
    table = F.one_hot(labels, num_classes).T @ F.one_hot(predictions, num_classes)
    return table / table.sum()
