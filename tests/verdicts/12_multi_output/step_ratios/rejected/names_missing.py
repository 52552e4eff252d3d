# feedback: is missing
def step_ratios(factor):
    return {"SGD": factor, "Adagrad": 1.0, "RMSprop": 1.0, "Adam": 1.0}
