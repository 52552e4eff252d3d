# feedback: is wrong
def evaluate_accuracy(model, loader):
    mode = model.training
    model.eval()
    right, samples = 0, 0
    with torch.no_grad():
        for features, labels in loader:
            right += (model(features).reshape(-1).round() == labels).sum().item()
            samples += len(labels)
    model.train(mode)
    return right / samples
