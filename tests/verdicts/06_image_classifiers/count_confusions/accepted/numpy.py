def count_confusions(predictions, labels, num_classes):
    table = np.zeros((num_classes, num_classes), dtype=np.int64)
    np.add.at(table, (labels.numpy(), predictions.numpy()), 1)
    return torch.from_numpy(table)
