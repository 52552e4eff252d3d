# feedback: not their squares
def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-10):
    total = total + gradient
    return parameter - lr * gradient / (total.sqrt() + eps), total
