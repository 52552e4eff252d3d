def step_ratios(factor):
    beta_1, beta_2, alpha, lr = 0.9, 0.999, 0.99, 0.01

    def adam(g):
        m, v = (1 - beta_1) * g, (1 - beta_2) * g * g
        return lr * (m / (1 - beta_1)) / math.sqrt(v / (1 - beta_2))

    formulas = dict([
        ("SGD", lambda g: lr * g),
        ("SGD with momentum", lambda g: lr * (0.9 * 0 + g)),
        ("Adagrad", lambda g: lr * g / math.sqrt(0 + g**2)),
        ("RMSprop", lambda g: lr * g / math.sqrt((1 - alpha) * g**2)),
        ("Adam", adam),
    ])
    return {name: formula(factor * 7.0) / formula(7.0) for name, formula in formulas.items()}
