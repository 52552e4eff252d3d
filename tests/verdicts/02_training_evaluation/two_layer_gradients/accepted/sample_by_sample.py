def two_layer_gradients(x, y, w1, b1, w2, b2):
    totals = [torch.zeros_like(t) for t in (w1, b1, w2, b2)]
    for xi, yi in zip(x, y):
        z1 = w1 @ xi + b1
        h = torch.where(z1 > 0, z1, 0.0)
        d2 = (torch.sigmoid(w2 @ h + b2) - yi) / y.numel()
        d1 = (w2.T @ d2) * torch.heaviside(z1, torch.tensor(0.0))
        for total, part in zip(totals, (torch.outer(d1, xi), d1, torch.outer(d2, h), d2)):
            total += part
    return totals
