def step_ratios(factor):
    power = {"SGD": 1, "SGD with momentum": 1, "Adagrad": 0, "RMSprop": 0, "Adam": 0}
    return {name: factor**exponent for name, exponent in power.items()}
