# feedback: accuracy of the last batch only
def evaluate_accuracy(model, loader):
    mode = model.training
    model.eval()
    metric = BinaryAccuracy()
    with torch.no_grad():
        for features, labels in loader:
            score = metric(torch.sigmoid(model(features)).reshape(-1), labels.int())
    model.train(mode)
    return score.item()
