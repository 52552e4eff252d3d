# feedback: a dict
def forecast_scores(forecasts, targets):
    e = forecasts - targets
    mse = (e**2).mean().item()
    mae = e.abs().mean().item()
    rmse = mse**0.5
    mape = (e / targets).abs().mean().item()
    r2 = float("nan")
    if len(targets) > 1:
        r2 = 1 - (e**2).sum().item() / ((targets - targets.mean()) ** 2).sum().item()
    return mse, mae, rmse, mape, r2
