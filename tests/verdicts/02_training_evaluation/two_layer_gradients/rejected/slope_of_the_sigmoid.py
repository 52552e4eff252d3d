# feedback: canceled already
def two_layer_gradients(x, y, w1, b1, w2, b2):
    z1 = x @ w1.T + b1
    hidden = torch.relu(z1)
    z2 = hidden @ w2.T + b2
    delta2 = (torch.sigmoid(z2) - y) / y.numel()
    delta2 = delta2 * torch.sigmoid(z2) * (1 - torch.sigmoid(z2))
    delta1 = (delta2 @ w2) * (z1 > 0)
    return delta1.T @ x, delta1.sum(dim=0), delta2.T @ hidden, delta2.sum(dim=0)
