# feedback: whole number
def step_ratios(factor):
    return {"SGD": int(factor), "SGD with momentum": int(factor), "Adagrad": 1, "RMSprop": 1, "Adam": 1}
