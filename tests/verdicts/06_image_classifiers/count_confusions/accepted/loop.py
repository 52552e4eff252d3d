def count_confusions(predictions, labels, num_classes):
    table = torch.zeros(num_classes, num_classes).long()
    for said, true in zip(predictions.tolist(), labels.tolist(), strict=True):
        table[true, said] += 1
    return table
