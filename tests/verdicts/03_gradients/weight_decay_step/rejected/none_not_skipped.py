# feedback: gradient None
def weight_decay_step(parameters, lr, weight_decay):
    with torch.no_grad():
        for p in parameters:
            p -= lr * (p.grad + weight_decay * p)
