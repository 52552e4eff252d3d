# feedback: broadcast to (B, B)
def forecast_mse(outputs, targets):
    if len(outputs) != len(targets):
        raise ValueError
    return nn.MSELoss()(outputs, targets)
