# feedback: int64
def count_confusions(predictions, labels, num_classes):
    table = torch.zeros(num_classes, num_classes)
    for said, true in zip(predictions, labels):
        table[true, said] += 1
    return table
