# feedback: n - 1
def broadcast_losses(targets):
    return 2 * targets.var().item(), targets.var().item()
