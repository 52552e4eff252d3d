def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    weighted = []
    for x, y in loader:
        out = model(x)
        loss = criterion(out, y.unsqueeze(1))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)
        weighted.append((loss.detach(), x.shape[0]))
    return sum(loss * n for loss, n in weighted) / sum(n for _, n in weighted)
