# feedback: multiplied by the batch size
def clipped_epoch_loss(model, loader, optimizer, max_norm):
    model.train()
    total = count = 0
    for windows, targets in loader:
        optimizer.zero_grad()
        loss = forecast_mse(model(forecast_inputs(windows)), targets) * len(targets)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        total += loss.item()
        count += len(targets)
    return total / count
