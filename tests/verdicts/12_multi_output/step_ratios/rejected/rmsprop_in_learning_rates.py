# feedback: in learning rates
def step_ratios(factor):
    return {"SGD": factor, "SGD with momentum": factor, "Adagrad": 1.0, "RMSprop": 1 / math.sqrt(1 - 0.99), "Adam": 1.0}
