def clipped_epoch_loss(model, loader, optimizer, max_norm):
    model.train()
    optimizer.zero_grad(set_to_none=True)
    total = torch.zeros(())
    for windows, targets in loader:
        loss = forecast_mse(model(forecast_inputs(windows)), targets)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        optimizer.zero_grad()
        total = total + loss.detach() * targets.shape[0]
    return total / len(loader.dataset)
