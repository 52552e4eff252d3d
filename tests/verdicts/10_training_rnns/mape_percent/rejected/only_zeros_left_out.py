# feedback: only zeros
def mape_percent(forecasts, targets, least):
    kept = targets != 0
    if not kept.any():
        return float('nan')
    return 100 * ((forecasts - targets) / targets)[kept].abs().mean().item()
