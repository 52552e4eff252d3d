# feedback: default of epsilon
def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.99, eps=1e-10):
    average = alpha * average + (1 - alpha) * gradient**2
    return parameter - lr * gradient / (average.sqrt() + eps), average
