@torch.no_grad()
def evaluate_accuracy(model, loader):
    was = model.training
    model.eval()
    metric = BinaryAccuracy()
    for x, y in loader:
        metric.update(torch.sigmoid(model(x)).squeeze(-1), y.int())
    model.train(was)
    return metric.compute()
