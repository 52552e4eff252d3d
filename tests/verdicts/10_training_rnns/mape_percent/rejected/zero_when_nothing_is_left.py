# feedback: NaN
def mape_percent(forecasts, targets, least):
    kept = targets.abs() >= least
    if not kept.any():
        return 0.0
    return 100 * ((forecasts - targets) / targets)[kept].abs().mean().item()
