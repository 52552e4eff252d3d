# feedback: before the root
def forecast_scores(forecasts, targets):
    e = forecasts - targets
    r2 = 1 - e.square().sum() / (targets - targets.mean()).square().sum() if len(e) > 1 else float("nan")
    return {
        "MSE": e.square().mean(),
        "MAE": e.abs().mean(),
        "RMSE": e.square().sum().sqrt(),
        "MAPE": (e / targets).abs().mean(),
        "R2": r2,
    }
