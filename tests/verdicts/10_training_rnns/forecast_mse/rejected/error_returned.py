# feedback: returned instead of raised
def forecast_mse(outputs, targets):
    if len(outputs) != len(targets):
        return ValueError("different numbers of windows")
    return nn.functional.mse_loss(outputs.reshape(-1), targets.reshape(-1))
