def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-10):
    p = nn.Parameter(parameter.clone())
    optimizer = torch.optim.Adagrad([p], lr=lr, eps=eps)
    optimizer.state[p]["sum"] = total.clone()
    p.grad = gradient.clone()
    optimizer.step()
    return [p.detach(), optimizer.state[p]["sum"]]
