# feedback: computed once more after the step
def joint_epoch(model, loader, optimizer):
    model.train()
    total, samples = 0.0, 0
    for *inputs, target in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(*inputs), target).backward()
        optimizer.step()
        with torch.no_grad():
            loss = nn.functional.cross_entropy(model(*inputs), target)
        total += loss.item() * len(target)
        samples += len(target)
    return total / samples
