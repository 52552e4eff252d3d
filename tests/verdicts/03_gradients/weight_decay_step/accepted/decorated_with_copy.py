@torch.no_grad()
def weight_decay_step(parameters, lr, weight_decay):
    active = filter(lambda p: p.grad is not None, parameters)
    for p in active:
        direction = torch.add(p.grad, p, alpha=weight_decay)
        p.copy_(p.sub(lr * direction))
    return True
