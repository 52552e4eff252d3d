# feedback: the long run
def step_ratios(factor):
    return {"SGD": factor, "SGD with momentum": factor / (1 - 0.9), "Adagrad": 1.0, "RMSprop": 1.0, "Adam": 1.0}
