# feedback: generator
def weight_decay_step(parameters, lr, weight_decay):
    count = sum(p.numel() for p in parameters)
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= lr * (p.grad + weight_decay * p)
