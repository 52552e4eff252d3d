# feedback: as it is after the epoch
def clipped_epoch_loss(model, loader, optimizer, max_norm):
    model.train()
    for windows, targets in loader:
        optimizer.zero_grad()
        forecast_mse(model(forecast_inputs(windows)), targets).backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    with torch.no_grad():
        squares = [(model(forecast_inputs(x)).squeeze(-1) - y).square() for x, y in loader]
    return torch.cat(squares).mean().item()
