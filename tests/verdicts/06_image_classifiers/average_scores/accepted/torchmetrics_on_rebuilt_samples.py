def average_scores(matrix, average):
    k = len(matrix)
    pairs = [(i, j) for i in range(k) for j in range(k) for _ in range(int(matrix[i, j]))]
    truth, said = torch.tensor(pairs).T
    return tuple(m(num_classes=k, average=average)(said, truth).item() for m in (MulticlassPrecision, MulticlassRecall, MulticlassF1Score))
