def hidden_gradients(cell, x):
    batch, time, _ = x.shape
    probes = torch.zeros(time, batch, cell.hidden_size, requires_grad=True)
    h = torch.zeros(batch, cell.hidden_size)
    for t in range(time):
        h = cell(x[:, t], h) + probes[t]
    (g,) = torch.autograd.grad(h.sum(), probes)
    return g.flatten(1).norm(dim=1).flip(0)
