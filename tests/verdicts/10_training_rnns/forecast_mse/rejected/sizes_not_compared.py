# feedback: ValueError
def forecast_mse(outputs, targets):
    return (outputs.reshape(-1) - targets.reshape(-1)).square().mean()
