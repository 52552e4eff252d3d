# feedback: root
def forecast_mse(outputs, targets):
    if outputs.numel() != targets.numel():
        raise ValueError('sizes')
    return (outputs.reshape(-1) - targets.reshape(-1)).square().mean().sqrt()
