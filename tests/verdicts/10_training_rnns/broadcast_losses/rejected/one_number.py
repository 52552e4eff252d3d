# feedback: only one of the values
def broadcast_losses(targets):
    return 2 * targets.var(unbiased=False)
