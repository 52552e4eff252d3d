# feedback: the mean of the two losses is trained
def train_heads_epoch(model, loader, optimizer, weights):
    model.train()
    totals, count = [0.0, 0.0], 0
    for images, *targets in loader:
        optimizer.zero_grad()
        losses = [F.cross_entropy(o, t) for o, t in zip(model(images), targets)]
        ((weights[0] * losses[0] + weights[1] * losses[1]) / 2).backward()
        optimizer.step()
        for k in (0, 1):
            totals[k] += losses[k].item() * len(images)
        count += len(images)
    return totals[0] / count, totals[1] / count
