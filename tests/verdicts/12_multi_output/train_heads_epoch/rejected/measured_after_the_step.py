# feedback: computed anew, after its step
def train_heads_epoch(model, loader, optimizer, weights):
    model.train()
    totals, count = [0.0, 0.0], 0
    for images, *targets in loader:
        optimizer.zero_grad()
        joint_loss(model(images), targets, weights).backward()
        optimizer.step()
        with torch.no_grad():
            outputs = model(images)
        for k in (0, 1):
            totals[k] += F.cross_entropy(outputs[k], targets[k]).item() * len(images)
        count += len(images)
    return totals[0] / count, totals[1] / count
