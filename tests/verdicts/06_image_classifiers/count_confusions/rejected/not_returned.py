# feedback: None
def count_confusions(predictions, labels, num_classes):
    table = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for said, true in zip(predictions, labels):
        table[true, said] += 1
