def weight_decay_step(parameters, lr, weight_decay):
    for p in parameters:
        if p.grad is None:
            continue
        p.data = (1 - lr * weight_decay) * p.data - lr * p.grad.data
