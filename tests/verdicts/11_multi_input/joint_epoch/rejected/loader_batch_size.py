# feedback: every batch counts as full
def joint_epoch(model, loader, optimizer):
    model.train()
    total = 0.0
    for *inputs, target in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(*inputs), target)
        loss.backward()
        optimizer.step()
        total += loss.item() * loader.batch_size
    return total / len(loader.dataset)
