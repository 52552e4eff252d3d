# feedback: replaced by `least`
def mape_percent(forecasts, targets, least):
    return 100 * ((forecasts - targets).abs() / targets.abs().clamp(min=least)).mean().item()
