# feedback: whatever `max_norm` says
def clipped_epoch_loss(model, loader, optimizer, max_norm):
    model.train()
    total = count = 0
    for windows, targets in loader:
        optimizer.zero_grad()
        loss = forecast_mse(model(forecast_inputs(windows)), targets)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += loss.item() * len(targets)
        count += len(targets)
    return total / count
