# feedback: without the broadcast
def broadcast_losses(targets):
    return 0.0, targets.var(unbiased=False).item()
