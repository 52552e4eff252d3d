def forecast_mse(outputs, targets):
    if outputs.numel() != targets.numel():
        raise ValueError('another number of windows')
    return nn.functional.mse_loss(outputs.flatten(), targets.flatten())
