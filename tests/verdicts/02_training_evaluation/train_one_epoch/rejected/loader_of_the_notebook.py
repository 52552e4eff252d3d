# feedback: RuntimeError | shapes
def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total = 0.0
    for features, labels in DataLoader(train_set, batch_size=64):
        optimizer.zero_grad()
        loss = criterion(model(features), labels.reshape(-1, 1))
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
    return total / len(train_set)
