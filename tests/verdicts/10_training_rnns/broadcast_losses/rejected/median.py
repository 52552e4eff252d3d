# feedback: median
def broadcast_losses(targets):
    d = targets[:, None] - targets
    return d.square().mean().item(), (targets - targets.median()).square().mean().item()
