def count_confusions(predictions, labels, num_classes):
    return MulticlassConfusionMatrix(num_classes)(predictions, labels)
