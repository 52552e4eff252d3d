# feedback: returned in another order
def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-10):
    total = total + gradient**2
    return total, parameter - lr * gradient / (total.sqrt() + eps)
