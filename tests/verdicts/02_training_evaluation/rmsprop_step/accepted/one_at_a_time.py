import math


def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.99, eps=1e-8):
    new_p, new_a = parameter.clone(), average.clone()
    for i in range(parameter.numel()):
        g = gradient.flatten()[i].item()
        a = alpha * average.flatten()[i].item() + (1 - alpha) * g * g
        new_a.view(-1)[i] = a
        new_p.view(-1)[i] = parameter.flatten()[i].item() - lr * g / (math.sqrt(a) + eps)
    return new_p, new_a
