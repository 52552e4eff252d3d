# feedback: divides the gradient by its own size
def step_ratios(factor):
    return {"SGD": factor, "SGD with momentum": factor, "Adagrad": factor, "RMSprop": 1.0, "Adam": 1.0}
