def broadcast_losses(targets):
    y = targets.tolist()
    n = len(y)
    perfect = sum((a - b) ** 2 for a in y for b in y) / n**2
    best = sum((sum(y) / n - b) ** 2 for b in y) / n
    return perfect, best
