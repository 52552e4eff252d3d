# feedback: parameters did not move | cleared just before the step
def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total, samples = 0.0, 0
    for features, labels in loader:
        outputs = model(features)
        loss = criterion(outputs, labels.reshape(-1, 1))
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(labels)
        samples += len(labels)
    return total / samples
