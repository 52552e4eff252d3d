# feedback: default of the learning rate
def adagrad_step(parameter, gradient, total, lr=0.001, eps=1e-10):
    total = total + gradient**2
    return parameter - lr * gradient / (total.sqrt() + eps), total
