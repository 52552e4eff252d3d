# feedback: should be a tensor
def count_confusions(predictions, labels, num_classes):
    table = [[0] * num_classes for _ in range(num_classes)]
    for said, true in zip(predictions.tolist(), labels.tolist()):
        table[true][said] += 1
    return table
