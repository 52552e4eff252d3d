# feedback: divides the gradient by its own size
def step_ratios(factor):
    return {"SGD": factor, "SGD with momentum": factor, "Adagrad": factor, "RMSprop": factor, "Adam": factor}
