# feedback: not their squares
def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.99, eps=1e-8):
    average = alpha * average + (1 - alpha) * gradient
    return parameter - lr * gradient / (average.sqrt() + eps), average
