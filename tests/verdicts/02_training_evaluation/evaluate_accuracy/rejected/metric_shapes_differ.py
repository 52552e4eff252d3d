# feedback: same shape
def evaluate_accuracy(model, loader):
    model.eval()
    metric = BinaryAccuracy()
    with torch.no_grad():
        for features, labels in loader:
            metric.update(torch.sigmoid(model(features)), labels)
    return metric.compute().item()
