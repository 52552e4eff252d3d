# feedback: not its loss
def broadcast_losses(targets):
    return 2 * targets.var(unbiased=False).item(), targets.mean().item()
