# feedback: learning rate is written as a number
def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-10):
    total = total + gradient**2
    return parameter - 0.01 * gradient / (total.sqrt() + eps), total
