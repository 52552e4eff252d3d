def clipped_epoch_loss(model, loader, optimizer, max_norm):
    metric = torchmetrics.MeanSquaredError()
    model.train()
    for windows, targets in loader:
        outputs = model(windows.unsqueeze(2)).flatten()
        loss = nn.functional.mse_loss(outputs, targets)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        metric.update(outputs.detach(), targets)
    return metric.compute()
