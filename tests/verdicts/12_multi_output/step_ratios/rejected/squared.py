# feedback: counts twice
def step_ratios(factor):
    return {"SGD": factor**2, "SGD with momentum": factor, "Adagrad": 1.0, "RMSprop": 1.0, "Adam": 1.0}
