def cell_state_jacobian(x, o, c, W_ih, W_hh, b_ih, b_hh):
    c = c.clone().requires_grad_()
    z = W_ih @ x + b_ih + W_hh @ (o * c.tanh()) + b_hh
    i, f, g, _ = z.chunk(4)
    new = f.sigmoid() * c + i.sigmoid() * g.tanh()
    rows = [torch.autograd.grad(value, c, retain_graph=True)[0] for value in new]
    return torch.stack(rows)
