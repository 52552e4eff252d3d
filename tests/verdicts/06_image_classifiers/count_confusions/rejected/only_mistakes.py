# feedback: right predictions are left out
def count_confusions(predictions, labels, num_classes):
    table = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for said, true in zip(predictions, labels):
        if said != true:
            table[true, said] += 1
    return table
