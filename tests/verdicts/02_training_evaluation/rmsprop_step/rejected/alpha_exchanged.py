# feedback: alpha and 1 - alpha are exchanged
def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.99, eps=1e-8):
    average = (1 - alpha) * average + alpha * gradient**2
    return parameter - lr * gradient / (average.sqrt() + eps), average
