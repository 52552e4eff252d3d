# feedback: default of epsilon is 1e-8
def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-8):
    total = total + gradient**2
    return parameter - lr * gradient / (total.sqrt() + eps), total
