def mape_percent(forecasts, targets, least):
    kept = torch.nonzero(abs(targets) >= least).flatten()
    return ((forecasts[kept] - targets[kept]).abs() / targets[kept].abs() * 100).mean()
