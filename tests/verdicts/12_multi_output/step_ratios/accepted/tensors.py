def step_ratios(factor):
    ratios = dict.fromkeys(("Adagrad", "RMSprop", "Adam"), torch.tensor(1.0))
    ratios.update({"SGD": torch.tensor(float(factor)), "SGD with momentum": torch.tensor(float(factor))})
    return ratios
