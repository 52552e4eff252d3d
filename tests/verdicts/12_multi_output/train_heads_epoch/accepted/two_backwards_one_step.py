def train_heads_epoch(model, loader, optimizer, weights):
    model.train(True)
    report = torch.zeros(2)
    total = 0
    for x, *targets in loader:
        losses = [F.cross_entropy(s, t) for s, t in zip(model(x), targets)]
        (weights[0] * losses[0]).backward(retain_graph=True)
        (weights[1] * losses[1]).backward()
        optimizer.step()
        optimizer.zero_grad()
        report += torch.tensor([loss.item() for loss in losses]) * x.shape[0]
        total += x.shape[0]
    return list(report / total)
