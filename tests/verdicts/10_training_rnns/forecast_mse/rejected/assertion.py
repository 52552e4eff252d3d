# feedback: wrong kind of error
def forecast_mse(outputs, targets):
    outputs, targets = outputs.reshape(-1), targets.reshape(-1)
    assert outputs.shape == targets.shape
    return (outputs - targets).square().mean()
