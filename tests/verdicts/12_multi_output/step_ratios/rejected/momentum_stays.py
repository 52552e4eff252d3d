# feedback: grows with the loss
def step_ratios(factor):
    return {"SGD": factor, "SGD with momentum": 1.0, "Adagrad": 1.0, "RMSprop": 1.0, "Adam": 1.0}
