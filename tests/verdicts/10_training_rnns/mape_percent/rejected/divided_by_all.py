# feedback: number of all windows
def mape_percent(forecasts, targets, least):
    kept = targets.abs() >= least
    if not kept.any():
        return float('nan')
    return 100 * ((forecasts - targets) / targets)[kept].abs().sum().item() / len(targets)
