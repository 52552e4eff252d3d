def joint_epoch(model, loader, optimizer):
    model.train(True)
    total = 0
    n = 0
    for parts in loader:
        y = parts.pop()
        logits = model(*parts)
        loss = (logits.logsumexp(1) - logits[torch.arange(len(y)), y]).mean()
        for group in optimizer.param_groups:
            for p in group["params"]:
                p.grad = None
        loss.backward()
        optimizer.step()
        total += float(loss) * y.shape[0]
        n += y.shape[0]
    return total / n
