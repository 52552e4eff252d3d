# feedback: is changed by the call
def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-10):
    total = total + gradient**2
    parameter -= lr * gradient / (total.sqrt() + eps)
    return parameter, total
