# feedback: for another model and loader
shared_metric = BinaryAccuracy()


def evaluate_accuracy(model, loader):
    mode = model.training
    model.eval()
    with torch.no_grad():
        for features, labels in loader:
            shared_metric.update(torch.sigmoid(model(features)).reshape(-1), labels.int())
    model.train(mode)
    return shared_metric.compute().item()
