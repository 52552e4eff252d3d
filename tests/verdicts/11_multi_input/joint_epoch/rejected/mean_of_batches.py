# feedback: averaged as if all batches
def joint_epoch(model, loader, optimizer):
    model.train()
    total, count = 0.0, 0
    for *inputs, target in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(*inputs), target)
        loss.backward()
        optimizer.step()
        total += loss.item(); count += 1
    return total / count
