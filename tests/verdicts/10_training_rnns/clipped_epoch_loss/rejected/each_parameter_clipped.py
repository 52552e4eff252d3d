# feedback: each parameter's gradient
def clipped_epoch_loss(model, loader, optimizer, max_norm):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x.unsqueeze(-1)).squeeze(-1), y)
        loss.backward()
        for p in model.parameters():
            nn.utils.clip_grad_norm_(p, max_norm)
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count
