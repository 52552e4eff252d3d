# feedback: that is Adagrad
def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.99, eps=1e-8):
    average = average + gradient**2
    return parameter - lr * gradient / (average.sqrt() + eps), average
