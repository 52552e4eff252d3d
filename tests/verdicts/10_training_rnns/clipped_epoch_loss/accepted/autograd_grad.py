def clipped_epoch_loss(model, loader, optimizer, max_norm):
    model.train()
    parameters = list(model.parameters())
    seen = []
    for windows, targets in loader:
        loss = forecast_mse(model(forecast_inputs(windows)), targets)
        for p, g in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
            p.grad = g
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        seen.extend([loss.item()] * windows.size(0))
    return sum(seen) / len(seen)
