# feedback: weighted like a full one
def clipped_epoch_loss(model, loader, optimizer, max_norm):
    model.train()
    total = 0
    for windows, targets in loader:
        optimizer.zero_grad()
        loss = forecast_mse(model(forecast_inputs(windows)), targets)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        total += loss.item() * loader.batch_size
    return total / len(loader.dataset)
