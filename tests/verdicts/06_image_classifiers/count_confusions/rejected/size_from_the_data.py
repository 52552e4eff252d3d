# feedback: largest class that occurs
def count_confusions(predictions, labels, num_classes):
    k = int(max(labels.max(), predictions.max())) + 1
    return torch.bincount(labels * k + predictions, minlength=k * k).reshape(k, k)
