# feedback: a single number is broadcast
def forecast_mse(outputs, targets):
    outputs, targets = outputs.reshape(-1), targets.reshape(-1)
    if len(outputs) != len(targets) and 1 not in (len(outputs), len(targets)):
        raise ValueError
    return (outputs - targets).square().mean()
