# feedback: accepts only parameters
def fit_by_hand(model, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = ((model(x) - y.reshape(-1, 1)) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            model.weight = model.weight - lr * model.weight.grad
            model.bias = model.bias - lr * model.bias.grad
        losses.append(loss.item())
    return losses
