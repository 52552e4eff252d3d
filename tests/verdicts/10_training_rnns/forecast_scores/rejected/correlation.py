# feedback: squared correlation
def forecast_scores(forecasts, targets):
    e = forecasts - targets
    mse = (e**2).mean().item()
    mae = e.abs().mean().item()
    rmse = mse**0.5
    mape = (e / targets).abs().mean().item()
    r2 = float("nan")
    if len(targets) > 1:
        r2 = torch.corrcoef(torch.stack([forecasts, targets]))[0, 1].item() ** 2
    return {"MSE": mse, "MAE": mae, "RMSE": rmse, "MAPE": mape, "R2": r2}
