# feedback: did not move at all
def joint_epoch(model, loader, optimizer):
    model.train()
    total = count = 0
    for *inputs, target in loader:
        loss = nn.functional.cross_entropy(model(*inputs), target)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(target)
        count += len(target)
    return total / count
