# feedback: parameters behind
def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total, samples = 0.0, 0
    for features, labels in loader:
        optimizer.zero_grad()
        outputs = model(features)
        loss = nn.functional.l1_loss(outputs, labels.reshape(-1, 1))
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        samples += len(labels)
    return total / samples
