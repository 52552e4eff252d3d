# feedback: 2 values
def train_heads_epoch(model, loader, optimizer, weights):
    model.train()
    sums, seen = [0.0, 0.0], 0
    for x, a, c in loader:
        optimizer.zero_grad()
        first, second = model(x)
        loss_a, loss_c = F.cross_entropy(first, a), F.cross_entropy(second, c)
        loss = weights[0] * loss_a + weights[1] * loss_c
        loss.backward()
        optimizer.step()
        sums[0] += loss_a.item() * len(x)
        sums[1] += loss_c.item() * len(x)
        seen += len(x)
    return (sums[0] + sums[1]) / seen
