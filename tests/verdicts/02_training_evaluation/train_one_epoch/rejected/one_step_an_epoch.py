# feedback: only one step at the end
def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total, samples = 0.0, 0
    for features, labels in loader:
        outputs = model(features)
        loss = criterion(outputs, labels.reshape(-1, 1))
        loss.backward()
        total += loss.item() * len(labels)
        samples += len(labels)
    optimizer.step()
    optimizer.zero_grad()
    return total / samples
