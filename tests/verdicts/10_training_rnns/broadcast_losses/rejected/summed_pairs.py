# feedback: are added, not averaged
def broadcast_losses(targets):
    d = targets[:, None] - targets
    return d.square().sum().item(), targets.var(unbiased=False).item()
