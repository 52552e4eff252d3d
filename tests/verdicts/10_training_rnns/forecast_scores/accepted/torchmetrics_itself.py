def forecast_scores(forecasts, targets):
    metrics = {
        "MSE": torchmetrics.MeanSquaredError(),
        "MAE": torchmetrics.MeanAbsoluteError(),
        "RMSE": torchmetrics.MeanSquaredError(squared=False),
        "MAPE": torchmetrics.MeanAbsolutePercentageError(),
    }
    scores = {name: metric(forecasts, targets) for name, metric in metrics.items()}
    scores["R2"] = torchmetrics.R2Score()(forecasts, targets) if len(targets) > 1 else float("nan")
    return scores
