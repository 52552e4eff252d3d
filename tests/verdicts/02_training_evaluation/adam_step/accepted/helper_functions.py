def blend(old, new, beta):
    return old + (1 - beta) * (new - old)


def adam_step(parameter, gradient, m, v, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    averages = [blend(old, gradient.pow(power), beta) for old, power, beta in zip((m, v), (1, 2), betas)]
    first, second = (a.div(1 - beta**step) for a, beta in zip(averages, betas))
    return (parameter - lr * first / (second.sqrt() + eps), *averages)
