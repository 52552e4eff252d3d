# feedback: divided by the size of a full batch
def joint_epoch(model, loader, optimizer):
    model.train()
    total, samples, size = 0.0, 0, None
    for *inputs, target in loader:
        size = size or len(target)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(*inputs), target, reduction="sum")
        (loss / size).backward()
        optimizer.step()
        total += loss.item()
        samples += len(target)
    return total / samples
