# feedback: cleared between `backward()` and `step()`
def joint_epoch(model, loader, optimizer):
    model.train(); total = n = 0
    for *inputs, y in loader:
        loss = nn.functional.cross_entropy(model(*inputs), y)
        loss.backward(); optimizer.zero_grad(); optimizer.step()
        total += loss.item() * len(y); n += len(y)
    return total / n
