# feedback: factor 1 - alpha is missing
def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.99, eps=1e-8):
    average = alpha * average + gradient**2
    return parameter - lr * gradient / (average.sqrt() + eps), average
