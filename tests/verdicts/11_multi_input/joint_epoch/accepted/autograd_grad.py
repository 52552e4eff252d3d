def joint_epoch(model, loader, optimizer):
    model.train()
    weights = [p for group in optimizer.param_groups for p in group["params"] if p.requires_grad]
    history = []
    for batch in loader:
        *given, y = batch
        loss = nn.functional.cross_entropy(model.__call__(*given), y)
        for p, gradient in zip(weights, torch.autograd.grad(loss, weights, allow_unused=True), strict=True):
            p.grad = gradient
        optimizer.step()
        history.append((loss.item(), len(y)))
    return sum(value * n for value, n in history) / sum(n for _, n in history)
