# feedback: no outputs reach 0
def broadcast_losses(targets):
    return 2 * targets.var(unbiased=False).item(), 0.0
