# feedback: running averages | `torch.no_grad()` does not change that
def evaluate_accuracy(model, loader):
    right, samples = 0, 0
    with torch.no_grad():
        for features, labels in loader:
            guesses = model(features).reshape(-1) > 0
            right += (guesses == labels.bool()).sum().item()
            samples += len(labels)
    return right / samples
