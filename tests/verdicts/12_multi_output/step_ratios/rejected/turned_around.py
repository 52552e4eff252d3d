# feedback: turned around
def step_ratios(factor):
    return {"SGD": 1 / factor, "SGD with momentum": factor, "Adagrad": 1.0, "RMSprop": 1.0, "Adam": 1.0}
