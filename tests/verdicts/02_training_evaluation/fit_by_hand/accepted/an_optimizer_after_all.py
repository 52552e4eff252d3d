def fit_by_hand(model, x, y, lr, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr)
    losses = torch.zeros(steps)
    for i in range(steps):
        optimizer.zero_grad()
        loss = nn.MSELoss()(model(x), y[:, None])
        loss.backward()
        optimizer.step()
        losses[i] = loss.detach()
    return tuple(losses.tolist())
