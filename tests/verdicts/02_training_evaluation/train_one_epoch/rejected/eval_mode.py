# feedback: in eval mode | switch the model to training mode
def train_one_epoch(model, loader, optimizer, criterion):
    total, samples = 0.0, 0
    for features, labels in loader:
        optimizer.zero_grad()
        outputs = model(features)
        loss = criterion(outputs, labels.reshape(-1, 1))
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        samples += len(labels)
    return total / samples
