# feedback: the root is missing
def step_ratios(factor):
    def adam(g):
        m, v = 0.1 * g / (1 - 0.9), 0.001 * g**2 / (1 - 0.999)
        return m / v

    return {"SGD": factor, "SGD with momentum": factor, "Adagrad": 1.0, "RMSprop": 1.0, "Adam": adam(5.0 * factor) / adam(5.0)}
