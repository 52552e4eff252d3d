# feedback: mean of the forecasts
def forecast_scores(forecasts, targets):
    e = forecasts - targets
    mse = e.square().mean()
    r2 = 1 - e.square().sum() / (targets - forecasts.mean()).square().sum() if len(e) > 1 else float("nan")
    return {"MSE": mse, "MAE": e.abs().mean(), "RMSE": mse.sqrt(), "MAPE": (e / targets).abs().mean(), "R2": r2}
