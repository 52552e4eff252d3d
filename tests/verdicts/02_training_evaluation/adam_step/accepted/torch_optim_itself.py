def adam_step(parameter, gradient, m, v, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    p = nn.Parameter(parameter.clone())
    optimizer = torch.optim.Adam([p], lr=lr, betas=betas, eps=eps)
    optimizer.state[p] = {"step": torch.tensor(float(step - 1)), "exp_avg": m.clone(), "exp_avg_sq": v.clone()}
    p.grad = gradient.clone()
    optimizer.step()
    return p.detach(), optimizer.state[p]["exp_avg"], optimizer.state[p]["exp_avg_sq"]
