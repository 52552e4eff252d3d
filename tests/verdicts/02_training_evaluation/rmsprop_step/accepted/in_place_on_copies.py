def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.99, eps=1e-8):
    average = average.clone()
    average.mul_(alpha).addcmul_(gradient, gradient, value=1 - alpha)
    moved = parameter.clone()
    moved.addcdiv_(gradient, average.sqrt() + eps, value=-lr)
    return moved, average
