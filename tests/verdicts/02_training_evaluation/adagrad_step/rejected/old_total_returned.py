# feedback: comes back as it was
def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-10):
    new = total + gradient**2
    return parameter - lr * gradient / (new.sqrt() + eps), total
