# feedback: compared with 0.5, or handed to a metric
def evaluate_accuracy(model, loader):
    mode = model.training
    model.eval()
    metric = BinaryAccuracy()
    with torch.no_grad():
        for features, labels in loader:
            metric.update(model(features).reshape(-1), labels.int())
    model.train(mode)
    return metric.compute().item()
