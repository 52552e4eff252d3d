# feedback: average of before this step
def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.99, eps=1e-8):
    new = alpha * average + (1 - alpha) * gradient**2
    return parameter - lr * gradient / (average.sqrt() + eps), new
