def broadcast_losses(targets):
    perfect = nn.functional.mse_loss(
        targets.unsqueeze(1).expand(-1, len(targets)), targets.expand(len(targets), -1)
    ).item()
    return (perfect, perfect / 2)
