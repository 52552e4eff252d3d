# feedback: that is RMSprop
def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-10):
    total = 0.9 * total + 0.1 * gradient**2
    return parameter - lr * gradient / (total.sqrt() + eps), total
