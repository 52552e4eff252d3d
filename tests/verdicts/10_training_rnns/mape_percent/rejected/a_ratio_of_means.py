# feedback: mean target
def mape_percent(forecasts, targets, least):
    kept = targets.abs() >= least
    if not kept.any():
        return float('nan')
    return 100 * ((forecasts - targets).abs()[kept].mean() / targets.abs()[kept].mean()).item()
