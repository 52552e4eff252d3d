# feedback: a root of the factor
def step_ratios(factor):
    return {"SGD": factor, "SGD with momentum": factor, "Adagrad": 1.0, "RMSprop": factor**0.5, "Adam": 1.0}
