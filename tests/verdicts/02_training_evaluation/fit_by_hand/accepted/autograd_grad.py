def fit_by_hand(model, x, y, lr, steps):
    history = []
    for _ in range(steps):
        loss = nn.functional.mse_loss(model(x).squeeze(1), y)
        grads = torch.autograd.grad(loss, tuple(model.parameters()))
        with torch.no_grad():
            for p, g in zip(model.parameters(), grads):
                p.sub_(g, alpha=lr)
        history.append(float(loss))
    return history
