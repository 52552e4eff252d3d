# feedback: default of alpha is 0.9
def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.9, eps=1e-8):
    average = alpha * average + (1 - alpha) * gradient**2
    return parameter - lr * gradient / (average.sqrt() + eps), average
