def forecast_scores(forecasts, targets):
    error = targets - forecasts
    around_mean = targets - targets.mean()
    return {
        "MSE": error.pow(2).mean(),
        "MAE": nn.functional.l1_loss(forecasts, targets),
        "RMSE": error.norm() / len(error) ** 0.5,
        "MAPE": torch.mean(abs(error) / abs(targets)),
        "R2": torch.tensor(float("nan")) if len(error) < 2 else 1 - error.dot(error) / around_mean.dot(around_mean),
    }
