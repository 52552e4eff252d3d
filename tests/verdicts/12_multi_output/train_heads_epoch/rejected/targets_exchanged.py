# feedback: those of the other head
def train_heads_epoch(model, loader, optimizer, weights):
    model.train()
    totals, count = [0.0, 0.0], 0
    for images, characters, alphabets in loader:
        optimizer.zero_grad()
        a, c = model(images)
        first, second = F.cross_entropy(a, alphabets), F.cross_entropy(c, characters)
        (weights[0] * first + weights[1] * second).backward()
        optimizer.step()
        totals[0] += first.item() * len(images)
        totals[1] += second.item() * len(images)
        count += len(images)
    return totals[0] / count, totals[1] / count
