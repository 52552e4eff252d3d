# feedback: total of before this step
def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-10):
    total = total + gradient**2
    return parameter - lr * gradient / ((total - gradient**2).clamp(min=0).sqrt() + eps), total
