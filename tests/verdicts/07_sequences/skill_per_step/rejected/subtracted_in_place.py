# feedback: in place | changed by the call
def skill_per_step(forecast, baseline, targets):
    model = forecast.sub_(targets).abs().mean(0)
    return 1 - model / (baseline - targets).abs().mean(0)
