def forecast_scores(forecasts, targets):
    f, y = forecasts.numpy().astype(float), targets.numpy().astype(float)
    mse = np.mean((f - y) ** 2)
    return dict(
        R2=1 - mse / np.var(y) if len(y) > 1 else np.nan,
        MAPE=np.mean(np.abs(f - y) / np.abs(y)),
        MAE=np.mean(np.abs(f - y)),
        MSE=mse,
        RMSE=np.sqrt(mse),
    )
