# feedback: last batch being a single sample | also the batch axis
def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total, n = 0.0, 0
    for features, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(features).squeeze(), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n
