# feedback: twice as strong
def weight_decay_step(parameters, lr, weight_decay):
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= lr * (p.grad + 2 * weight_decay * p)
