def two_layer_gradients(x, y, w1, b1, w2, b2):
    for t in (w1, b1, w2, b2):
        t.requires_grad_()
    h = torch.relu(x @ w1.T + b1)
    nn.BCEWithLogitsLoss()(h @ w2.T + b2, y).backward()
    return w1.grad, b1.grad, w2.grad, b2.grad
