# feedback: changes the gradients
def weight_decay_step(parameters, lr, weight_decay):
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p.grad += weight_decay * p; p -= lr * p.grad
