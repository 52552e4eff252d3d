# feedback: alpha is written as a number
def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.99, eps=1e-8):
    average = 0.99 * average + 0.01 * gradient**2
    return parameter - lr * gradient / (average.sqrt() + eps), average
