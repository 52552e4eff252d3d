def broadcast_losses(targets):
    y = targets.numpy().astype(float)
    return [np.mean((y[:, None] - y[None]) ** 2), float(y.var())]
