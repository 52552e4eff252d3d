# feedback: decide
def mape_percent(forecasts, targets, least):
    kept = forecasts.abs() >= least
    if not kept.any():
        return float('nan')
    return 100 * ((forecasts - targets) / targets)[kept].abs().mean().item()
