def step_ratios(factor):
    return {"SGD": factor, "SGD with momentum": factor, "Adagrad": 1, "RMSprop": 1, "Adam": 1}
