# feedback: variance
def broadcast_losses(targets):
    v = targets.var(unbiased=False).item()
    return v, 2 * v
