# feedback: no gradient
def weight_decay_step(parameters, lr, weight_decay):
    with torch.no_grad():
        for p in parameters:
            g = p.grad if p.grad is not None else 0
            p -= lr * (g + weight_decay * p)
