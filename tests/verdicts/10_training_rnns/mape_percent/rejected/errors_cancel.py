# feedback: cancel
def mape_percent(forecasts, targets, least):
    keep = targets.abs() >= least
    return 100 * ((forecasts - targets)[keep] / targets[keep]).mean().abs().item()
