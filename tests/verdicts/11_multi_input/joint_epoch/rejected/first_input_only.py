# feedback: or only the first of them
def joint_epoch(model, loader, optimizer):
    model.train(); total = n = 0
    for batch in loader:
        x, y = batch[0], batch[-1]
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        total += loss.item() * len(y); n += len(y)
    return total / n
