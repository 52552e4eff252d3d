# feedback: a fraction
def mape_percent(forecasts, targets, least):
    kept = targets.abs() >= least
    if not kept.any():
        return float('nan')
    return ((forecasts - targets) / targets)[kept].abs().mean().item()
