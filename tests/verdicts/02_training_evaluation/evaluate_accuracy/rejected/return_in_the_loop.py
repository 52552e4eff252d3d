# feedback: accuracy of the first batch only
def evaluate_accuracy(model, loader):
    mode = model.training
    model.eval()
    right, samples = 0, 0
    with torch.no_grad():
        for features, labels in loader:
            guesses = model(features).reshape(-1) > 0
            right += (guesses == labels.bool()).sum().item()
            samples += len(labels)
            model.train(mode)
            return right / samples
    model.train(mode)
    return right / samples
