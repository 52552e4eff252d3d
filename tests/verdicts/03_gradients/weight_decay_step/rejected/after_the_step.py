# feedback: after the step
def weight_decay_step(parameters, lr, weight_decay):
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= lr * p.grad; p *= 1 - lr * weight_decay
