# feedback: full gradient
def step_ratios(factor):
    return {"SGD": factor, "SGD with momentum": 0.1 * factor, "Adagrad": 1.0, "RMSprop": 1.0, "Adam": 1.0}
