# feedback: negative targets
def mape_percent(forecasts, targets, least):
    kept = targets >= least
    if not kept.any():
        return float('nan')
    return 100 * ((forecasts - targets) / targets)[kept].abs().mean().item()
