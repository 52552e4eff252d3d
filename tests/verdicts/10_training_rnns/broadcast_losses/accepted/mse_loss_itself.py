def broadcast_losses(targets):
    column = targets.reshape(-1, 1)
    rows = targets.expand(len(targets), -1)
    loss = nn.functional.mse_loss
    return loss(column.expand_as(rows), rows), loss(torch.full_like(rows, targets.mean().item()), rows)
