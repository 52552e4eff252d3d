# feedback: changed in place where autograd takes notes
def fit_by_hand(model, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = ((model(x) - y.reshape(-1, 1)) ** 2).mean()
        loss.backward()
        for parameter in model.parameters():
            parameter -= lr * parameter.grad
        losses.append(loss.item())
    return losses
