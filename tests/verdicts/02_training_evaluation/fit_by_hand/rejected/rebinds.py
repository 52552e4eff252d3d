# feedback: makes a new tensor
def fit_by_hand(model, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = ((model(x) - y.reshape(-1, 1)) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter = parameter - lr * parameter.grad
        losses.append(loss.item())
    return losses
