# feedback: parameters did not move
def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total, samples = 0.0, 0
    for features, labels in loader:
        loss = criterion(model(features), labels.reshape(-1, 1))
        optimizer.zero_grad()
        optimizer.step()
        loss.backward()
        total += loss.item() * len(labels)
        samples += len(labels)
    return total / samples
